package dev.rondo.building.view;

import java.util.List;

/** A line of a workflow file with the mistakes that begin on it. */
public record SourceLine(int number, String text, List<String> mistakes) {}
