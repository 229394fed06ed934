package dev.rondo.sandbox;

import java.util.List;

/**
 * Whether untrusted programs can be run here.
 *
 * @param works the walls stand: a program was run behind them
 * @param limits how memory, processes and CPU are limited, one sentence
 * @param problems what is missing and how to get it; there may be some although it works
 */
public record Probe(boolean works, String limits, List<String> problems) {}
