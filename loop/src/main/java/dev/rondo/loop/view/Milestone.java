package dev.rondo.loop.view;

/** A milestone of the history of DevOps; {@code x} is its place on the drawn line. */
public record Milestone(String years, String titleKey, String textKey, int x) {}
