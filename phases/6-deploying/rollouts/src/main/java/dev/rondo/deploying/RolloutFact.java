package dev.rondo.deploying;

import java.util.List;

/** What can happen to a rollout. */
sealed interface RolloutFact {

    /** The way is free: no other rollout is under way there. */
    record Begun() implements RolloutFact {}

    /** All instances of the new version are healthy. */
    record NewHealthy() implements RolloutFact {}

    /** Instances of the new version do not get healthy, or do not stay up. */
    record NewFailed(Reason reason) implements RolloutFact {}

    record TimePassed() implements RolloutFact {}

    /** Monitoring's answer; verdict: pass, fail or inconclusive. */
    record Judged(int step, String verdict, List<String> reasons) implements RolloutFact {}

    /** A person lets it go on at an approval. */
    record Approved() implements RolloutFact {}

    /** A person skips a pause. */
    record Promoted() implements RolloutFact {}

    /** A person or a recall ends it. */
    record Stopped(Reason reason) implements RolloutFact {}

    /** An alert about the new version. */
    record Alerted(String summary) implements RolloutFact {}

    /** No instance of the old version is left. */
    record OldGone() implements RolloutFact {}

    /** No instance of the new version is left. */
    record NewGone() implements RolloutFact {}

    /** All instances of the old version are healthy again, or there was none. */
    record OldHealthy() implements RolloutFact {}

    /** The old version, started again, does not get healthy. */
    record OldFailed(Reason reason) implements RolloutFact {}
}
