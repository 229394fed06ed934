package dev.rondo.journal;

import dev.rondo.store.Tx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A consumer of the journal: it has a name, a cursor, and a hearing per kind of fact. Each event is
 * heard in one transaction that also moves the cursor, so that its writes happen exactly once.
 * Effects outside the database belong behind {@link Tx#afterCommit} and a row that says what is
 * still to do. A hearing that throws is tried again, then the event is parked.
 */
public final class Reaction {

    /** What is done with one fact; must be quick and must not wait. */
    @FunctionalInterface
    public interface Hearing<F extends Fact> {
        void hear(Tx tx, Event event, F fact);
    }

    private final String name;
    private final Map<Kind, Hearing<Fact>> hearings = new LinkedHashMap<>();

    private Reaction(String name) {
        this.name = name;
    }

    /** The name is the cursor's key: it never changes. */
    public static Reaction named(String name) {
        return new Reaction(name);
    }

    public <F extends Fact> Reaction on(Class<F> type, Hearing<? super F> hearing) {
        hearings.put(Kind.of(type), (tx, event, fact) -> hearing.hear(tx, event, type.cast(fact)));
        return this;
    }

    /** Hears every kind of fact. */
    public Reaction onAny(Hearing<Fact> hearing) {
        for (var kind : Kind.values()) {
            hearings.put(kind, hearing);
        }
        return this;
    }

    public String name() {
        return name;
    }

    Set<String> words() {
        return hearings.keySet().stream().map(Kind::word).collect(Collectors.toSet());
    }

    void hear(Tx tx, Event event) {
        var hearing = hearings.get(Kind.of(event.kind(), event.version()));
        if (hearing != null) {
            hearing.hear(tx, event, event.fact());
        }
    }
}
