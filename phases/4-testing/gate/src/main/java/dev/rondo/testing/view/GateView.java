package dev.rondo.testing.view;

import java.util.List;

/**
 * The gate of a project.
 *
 * @param commit short name of the default branch's head, or empty
 * @param source text of the settings file, or empty where the usual rules hold
 * @param problem what is wrong with it, or empty
 * @param rules as sentences
 */
public record GateView(
        String commit, String source, String problem, List<String> rules, List<RunLine> runs) {}
