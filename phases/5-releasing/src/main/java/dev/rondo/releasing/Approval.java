package dev.rondo.releasing;

/** Somebody said yes to a release for an environment; {@code seq} is the event. */
record Approval(String environment, String account, String remark, long at, long seq) {}
