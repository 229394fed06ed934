package dev.rondo.git;

/** A branch and its newest commit; the name is without {@code refs/heads/}. */
public record Branch(String name, Commit head) {}
