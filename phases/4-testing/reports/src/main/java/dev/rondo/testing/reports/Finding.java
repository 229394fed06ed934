package dev.rondo.testing.reports;

/**
 * What a linter or scanner found.
 *
 * @param path as the report names it, or empty
 * @param line from 1, or 0
 * @param column from 1, or 0
 */
public record Finding(
        String tool,
        String rule,
        Severity severity,
        String message,
        String path,
        int line,
        int column) {}
