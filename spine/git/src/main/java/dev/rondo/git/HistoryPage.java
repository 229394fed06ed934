package dev.rondo.git;

import java.util.List;

/**
 * A piece of history, newest first.
 *
 * @param next where the next piece begins, for {@link GitRepository#history}; empty at the end. It
 *     says all that is needed to go on, so each page costs the same
 */
public record HistoryPage(List<Commit> commits, String next) {}
