package dev.rondo.testing;

/** A run of a project's workflow. */
record RunKey(String project, String run) {}
