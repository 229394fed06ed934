package dev.rondo.monitoring.judgement;

import dev.rondo.monitoring.judgement.Look.State;
import java.util.ArrayList;
import java.util.List;

/**
 * One judgement: it is told what both versions did since the last time, and asked how it stands.
 * The same tellings give the same answers, so that a judgement goes on after a restart by telling
 * again. Not safe for several threads.
 */
public final class Judge {

    /** An increase of latency below this is not felt, and cold caches alone cause it. */
    static final double LEAST_SECONDS = 0.05;

    /**
     * Before the candidate has its minimum of requests, evidence must be this many times stronger.
     */
    static final double EARLY = 5;

    /** A route that is this suspicious holds back the pass. */
    private static final double SUSPICION = 3;

    /** So many answers of the stable version tell its usual latency. */
    private static final int USUAL = 50;

    /** The error ratio that is taken for usual where the stable version never had any traffic. */
    private static final double UNKNOWN_RATIO = 0.01;

    private final Rules rules;
    private final Traffic before;
    private final ErrorEvidence errors = new ErrorEvidence();
    private final Evidence slowness = new Evidence();
    private final Evidence againstBefore = new Evidence();
    private Traffic stable = Traffic.NONE;
    private Traffic candidate = Traffic.NONE;
    private double slow = Double.NaN;

    /**
     * @param before what the stable version did before the candidate came: it gives the usual
     *     latency, and stands in where the stable version gets no traffic any more
     */
    public Judge(Rules rules, Traffic before) {
        this.rules = rules;
        this.before = before;
        if (before.latencies().total() >= USUAL) {
            slow = slowBound(before.latencies());
        }
    }

    /**
     * From how many seconds on an answer counts as slow; a bound of the histogram, as only those
     * are counted exactly.
     */
    private double slowBound(Latencies usual) {
        return usual.boundFrom(allowed(usual.quantile(0.95)));
    }

    private double allowed(double quantile) {
        return Math.max(quantile * rules.maxLatencyFactor(), quantile + LEAST_SECONDS);
    }

    /** What both did since the last call. */
    public void tell(Traffic moreStable, Traffic moreCandidate) {
        errors.add(moreStable, moreCandidate);
        againstBefore.addAgainst(usualRatio(), moreCandidate.total());
        if (Double.isFinite(slow)) {
            slowness.add(slowOnes(moreStable), slowOnes(moreCandidate));
        }
        stable = stable.plus(moreStable);
        candidate = candidate.plus(moreCandidate);
        // Fixed by what is past only, and then for good: the bet must not know its own outcome.
        if (Double.isNaN(slow) && stable.latencies().total() >= USUAL) {
            slow = slowBound(stable.latencies());
        }
    }

    private Counts slowOnes(Traffic traffic) {
        return new Counts(traffic.latencies().total(), traffic.latencies().above(slow));
    }

    private double usualRatio() {
        var counts = before.total();
        var usual = counts.requests() == 0 ? UNKNOWN_RATIO : Interval.of(counts, 1.96).high();
        return Math.clamp(usual + rules.maxErrorRatioIncrease(), 0.0001, 0.99);
    }

    /** How it stands, given the seconds since it was asked for. */
    public Look look(double seconds) {
        var needed = 2 / (1 - rules.confidence());
        var evidence = alone() ? againstBefore.log() : errors.log();
        var reasons = new ArrayList<Reason>();
        var state = State.WAITING;
        var bar = Math.log(early() ? needed * EARLY : needed);
        if (evidence >= bar && errorsGrew(reasons)) {
            state = State.FAIL;
        }
        if (!alone() && slowness.log() >= bar && latencyGrew(reasons)) {
            state = State.FAIL;
        }
        if (state == State.WAITING) {
            reasons.clear();
            state = passOrWait(seconds, reasons);
        }
        return lookOf(state, reasons, evidence, needed);
    }

    private boolean early() {
        return candidate.total().requests() < rules.minRequests();
    }

    /** Whether the stable version gets next to no traffic, as in the last step of a rollout. */
    private boolean alone() {
        return stable.total().requests() * 100 < candidate.total().requests();
    }

    private Counts reference() {
        return alone() ? before.total() : stable.total();
    }

    private boolean errorsGrew(List<Reason> reasons) {
        var grew = false;
        var whole = candidate.total().ratio() - reference().ratio();
        if (whole > rules.maxErrorRatioIncrease()) {
            reasons.add(
                    Reason.of(
                            "errors",
                            candidate.total().ratio(),
                            candidate.total().errors(),
                            candidate.total().requests(),
                            reference().ratio(),
                            reference().errors(),
                            reference().requests()));
            grew = true;
        }
        var worst = worst();
        if (!worst.isEmpty() && routeIncrease(worst) > rules.maxErrorRatioIncrease()) {
            var seen = candidate.route(worst);
            reasons.add(
                    Reason.of(
                            "route",
                            worst,
                            seen.ratio(),
                            seen.errors(),
                            seen.requests(),
                            stable.route(worst).ratio()));
            grew = true;
        }
        return grew;
    }

    private double routeIncrease(String route) {
        return candidate.route(route).ratio() - (alone() ? before : stable).route(route).ratio();
    }

    /** Without the stable version beside it, the route with most errors. */
    private String worst() {
        var byEvidence = errors.worst();
        if (byEvidence.isPresent()) {
            return byEvidence.get().getKey();
        }
        return candidate.routes().entrySet().stream()
                .filter(entry -> entry.getValue().errors() > 0)
                .max(java.util.Comparator.comparingLong(entry -> entry.getValue().errors()))
                .map(java.util.Map.Entry::getKey)
                .orElse("");
    }

    private boolean latencyGrew(List<Reason> reasons) {
        var usual = stable.latencies().quantile(0.95);
        var now = candidate.latencies().quantile(0.95);
        if (now <= allowed(usual)) {
            return false;
        }
        reasons.add(Reason.of("latency", now, usual, allowed(usual)));
        return true;
    }

    private State passOrWait(double seconds, List<Reason> reasons) {
        var late = seconds >= rules.maxSeconds();
        var requests = candidate.total().requests();
        if (early()) {
            reasons.add(Reason.of(late ? "few" : "wait", requests, rules.minRequests()));
            return late ? State.INCONCLUSIVE : State.WAITING;
        }
        var doubts = new ArrayList<Reason>();
        if (errors.worst().filter(w -> w.getValue() > Math.log(SUSPICION)).isPresent()
                || candidate.total().ratio() - reference().ratio()
                        > rules.maxErrorRatioIncrease()) {
            doubts.add(Reason.of("doubt", candidate.total().errors(), requests, worst()));
        }
        var slower = new ArrayList<Reason>();
        if (!alone() && latencyGrew(slower)) {
            doubts.add(
                    Reason.of(
                            "slower",
                            candidate.latencies().quantile(0.95),
                            stable.latencies().quantile(0.95)));
        }
        if (doubts.isEmpty()) {
            reasons.add(
                    Reason.of(
                            "pass",
                            requests,
                            candidate.total().ratio(),
                            reference().ratio(),
                            candidate.latencies().quantile(0.95),
                            (alone() ? before : stable).latencies().quantile(0.95)));
            return State.PASS;
        }
        reasons.addAll(doubts);
        return late ? State.INCONCLUSIVE : State.WAITING;
    }

    private Look lookOf(State state, List<Reason> reasons, double evidence, double needed) {
        var worst = worst();
        if (alone()) {
            reasons.add(Reason.of("alone", reference().requests()));
        }
        return new Look(
                state,
                reasons,
                alone() ? before : stable,
                candidate,
                Math.exp(Math.min(evidence, 600)),
                Math.exp(Math.min(slowness.log(), 600)),
                needed,
                Interval.ofDifference(
                        reference(), candidate.total(), Interval.z(rules.confidence())),
                worst,
                candidate.route(worst).ratio());
    }
}
