package dev.rondo.monitoring.judgement;

import java.util.List;

/**
 * How a judgement stands at one moment.
 *
 * @param evidence e-value of "the candidate goes wrong more often"; 1 is none at all
 * @param slowness e-value of "the candidate is slow more often"
 * @param needed the e-value that fails the candidate
 * @param increase of the error ratio, with its interval
 * @param worstRoute the route against which most speaks, or the empty string
 */
public record Look(
        State state,
        List<Reason> reasons,
        Traffic stable,
        Traffic candidate,
        double evidence,
        double slowness,
        double needed,
        Interval increase,
        String worstRoute,
        double worstRouteErrorRatio) {

    public enum State {
        /** No verdict yet. */
        WAITING,
        PASS,
        FAIL,
        INCONCLUSIVE
    }

    public Look {
        reasons = List.copyOf(reasons);
    }
}
