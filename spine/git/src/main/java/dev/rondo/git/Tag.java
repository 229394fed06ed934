package dev.rondo.git;

import java.util.Optional;

/**
 * A tag.
 *
 * @param name without {@code refs/tags/}
 * @param commit what it points at in the end
 * @param tagger empty for a tag without an object of its own
 * @param message empty likewise
 */
public record Tag(String name, Commit commit, Optional<Person> tagger, String message) {}
