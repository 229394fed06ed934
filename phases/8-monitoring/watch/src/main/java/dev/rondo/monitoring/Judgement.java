package dev.rondo.monitoring;

import dev.rondo.journal.Fact;
import dev.rondo.monitoring.judgement.Rules;

/**
 * A judgement as its row has it.
 *
 * @param id of the event that asked
 * @param seq of the event that asked: the cause of the answer
 * @param state open, pass, fail, inconclusive, or withdrawn when its rollout ended first
 * @param endedAt microseconds, 0 while it is open
 */
record Judgement(
        String id,
        long seq,
        ServiceKey key,
        String rollout,
        int step,
        String stable,
        String candidate,
        long since,
        Rules rules,
        String state,
        JudgementReport report,
        long endedAt) {

    static final String OPEN = "open";
    static final String WITHDRAWN = "withdrawn";

    static Rules rules(Fact.JudgementRules rules) {
        return new Rules(
                rules.minRequests(),
                rules.maxSeconds(),
                rules.maxErrorRatioIncrease(),
                rules.maxLatencyFactor(),
                rules.confidence());
    }

    boolean open() {
        return state.equals(OPEN);
    }

    String path() {
        return "/projects/" + key.project() + "/monitoring/judgements/" + id;
    }

    String apiPath() {
        return "/api" + path();
    }
}
