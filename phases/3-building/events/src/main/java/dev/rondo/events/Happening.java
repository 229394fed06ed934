package dev.rondo.events;

import dev.rondo.actions.Triggers;
import dev.rondo.actions.Value;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One event that may start workflows.
 *
 * @param name as in {@code on}
 * @param payload {@code github.event}
 * @param source the ref and the commit at which workflows are read and run
 * @param title of a run whose workflow has no {@code run-name}; empty for the workflow's name
 * @param headMessage of the commit that may ask to skip
 * @param changed paths, empty where they are not known
 */
public record Happening(
        String name,
        Value payload,
        Source source,
        String title,
        Optional<String> headMessage,
        Supplier<Optional<Set<String>>> changed) {

    /**
     * What is built and who caused it.
     *
     * @param ref full name; empty for a deployment of a bare commit
     * @param evidence whether a run says how the default branch fares: not of events that merely
     *     borrow its commit
     */
    public record Source(String ref, String commit, boolean evidence, String actor) {}

    static Happening of(String name, Value payload, Source source, String title) {
        return new Happening(name, payload, source, title, Optional.empty(), Optional::empty);
    }

    /** As the language of workflows asks for it. */
    public Triggers.Event event() {
        return new Triggers.Event(name, payload, headMessage, changed);
    }

    /** What the payload says of its kind, such as {@code opened}; empty where it has none. */
    public String action() {
        return payload.at("action").text();
    }
}
