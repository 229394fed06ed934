package dev.rondo.testing.view;

import java.util.List;

/** Tests whose names hold the words. */
public record SearchView(String words, List<TestLine> tests, boolean more) {}
