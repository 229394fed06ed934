package dev.rondo.testing.reports;

import java.util.List;

/**
 * What is wrong with a file that somebody else wrote.
 *
 * @param key of the text
 * @param arguments of the text
 * @param line from 1, or 0 where the whole file is meant
 * @param column from 1, or 0
 */
public record Problem(String key, List<Object> arguments, int line, int column) {}
