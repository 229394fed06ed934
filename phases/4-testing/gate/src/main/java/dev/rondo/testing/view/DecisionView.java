package dev.rondo.testing.view;

import java.time.Instant;
import java.util.List;

/**
 * A decision of the gate.
 *
 * @param rules short name of the commit whose rules were applied
 */
public record DecisionView(
        int number, String verdict, List<Why> reasons, String actor, Instant at, String rules) {

    /** One reason, as a sentence. */
    public record Why(String text, boolean good) {}
}
