package dev.rondo.deploying;

import dev.rondo.journal.Fact.JudgementRules;
import java.time.Duration;
import java.util.List;

/** The steps by which traffic moves to a new version once its instances are healthy. */
record Plan(Strategy strategy, List<Step> steps) {

    /**
     * The four ways of the lifecycle. They differ in the steps that stand for them by default; the
     * first also in that the old version is gone before the new one starts.
     */
    enum Strategy {
        /** Never two versions at once, at the price of a gap in which nobody serves. */
        BIG_BANG("big-bang"),
        /** The new version beside the old, then all traffic at once. */
        BLUE_GREEN("blue-green"),
        CANARY("canary"),
        PHASED("phased");

        private final String word;

        Strategy(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    sealed interface Step {

        /** Sends so many percent to the new version. */
        record Weight(int percent) implements Step {}

        /** Waits; a person may skip it. */
        record Pause(Duration time) implements Step {}

        /**
         * Asks monitoring.
         *
         * @param goesOn whether an inconclusive judgement lets the rollout go on
         */
        record Judge(JudgementRules rules, boolean goesOn) implements Step {}

        /** Waits for a person. */
        record Approve() implements Step {}

        default String word() {
            return switch (this) {
                case Weight weight -> "weight";
                case Pause pause -> "pause";
                case Judge judge -> "judge";
                case Approve approve -> "approve";
            };
        }
    }

    boolean oldStopsFirst() {
        return strategy == Strategy.BIG_BANG;
    }

    static final JudgementRules STANDARD_RULES = new JudgementRules(100, 120, 0.02, 1.5, 0.95);

    static Plan standard(Strategy strategy) {
        var judge = new Step.Judge(STANDARD_RULES, false);
        return new Plan(
                strategy,
                switch (strategy) {
                    case BIG_BANG, BLUE_GREEN -> List.of(new Step.Weight(100));
                    case CANARY ->
                            List.of(
                                    new Step.Weight(10),
                                    judge,
                                    new Step.Weight(50),
                                    judge,
                                    new Step.Weight(100));
                    case PHASED ->
                            List.of(
                                    new Step.Weight(25),
                                    new Step.Pause(Duration.ofMinutes(5)),
                                    new Step.Weight(50),
                                    new Step.Pause(Duration.ofMinutes(5)),
                                    new Step.Weight(100));
                });
    }
}
