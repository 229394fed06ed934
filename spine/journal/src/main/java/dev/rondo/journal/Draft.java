package dev.rondo.journal;

/**
 * An event on its way into the journal.
 *
 * @param project name of the project, or empty for the whole installation
 * @param actor an account's name, or {@code rondo:<phase>} where Rondo acts by itself
 */
public record Draft(String project, Subject subject, String actor, Fact fact) {}
