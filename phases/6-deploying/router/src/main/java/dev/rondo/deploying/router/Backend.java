package dev.rondo.deploying.router;

/** One instance of a version that can answer; {@code id} names it over all tables. */
public record Backend(String id, String host, int port) {}
