package dev.rondo.journal;

import java.util.Optional;

/**
 * An event on its way into the journal.
 *
 * @param project name of the project, or empty for the whole installation
 * @param actor an account's name, or {@code rondo:<phase>} where Rondo acts by itself
 * @param wording what the fact says in English, for readers of other languages
 */
public record Draft(
        String project, Subject subject, String actor, Fact fact, Optional<Wording> wording) {

    public Draft(String project, Subject subject, String actor, Fact fact) {
        this(project, subject, actor, fact, Optional.empty());
    }

    public Draft saying(Optional<Wording> sentence) {
        return new Draft(project, subject, actor, fact, sentence);
    }
}
