package dev.rondo.planning;

import java.util.Optional;
import java.util.Set;

/** How facts move work items: pure decisions, (where it stands, what happened) → where it goes. */
final class Flow {

    /** Environments whose users are we ourselves: what runs there is not live. */
    private static final Set<String> OURS =
            Set.of(
                    "staging",
                    "stage",
                    "test",
                    "testing",
                    "dev",
                    "development",
                    "qa",
                    "preview",
                    "integration");

    private Flow() {}

    /** A pushed commit names the item; {@code fixes} if it says that it finishes it. */
    static Optional<State> named(State state, boolean fixes) {
        var to = fixes ? State.REVIEW : State.IN_PROGRESS;
        return state.isBefore(to) ? Optional.of(to) : Optional.empty();
    }

    /** The gate passed on the default branch with a commit that fixes the item. */
    static Optional<State> passed(State state) {
        return state.isBefore(State.DONE) ? Optional.of(State.DONE) : Optional.empty();
    }

    /** All traffic goes to a version with the item. */
    static Optional<State> deployed(State state, String environment) {
        return state.isBefore(State.LIVE) && !OURS.contains(environment)
                ? Optional.of(State.LIVE)
                : Optional.empty();
    }
}
