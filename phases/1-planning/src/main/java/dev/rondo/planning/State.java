package dev.rondo.planning;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where a work item stands, in the order in which work flows. */
enum State {
    BACKLOG("backlog", true),
    READY("ready", true),
    IN_PROGRESS("in-progress", true),
    REVIEW("review", true),
    DONE("done", false),
    LIVE("live", false);

    private final String word;
    private final boolean open;

    State(String word, boolean open) {
        this.word = word;
        this.open = open;
    }

    /** As it stands in events, in the database and in JSON. */
    String word() {
        return word;
    }

    /** Whether there is still something to do; the backlog shows what is open. */
    boolean isOpen() {
        return open;
    }

    boolean isBefore(State other) {
        return compareTo(other) < 0;
    }

    static Optional<State> of(String word) {
        return Arrays.stream(values()).filter(state -> state.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(State::word).toList();
    }
}
