package dev.rondo.deploying;

import dev.rondo.journal.Fact.JudgementRules;

/** What a decision wants done; each is a write in the transaction of the decision. */
sealed interface RolloutEffect {

    /** Changes which instances are wanted. */
    sealed interface OfInstances extends RolloutEffect {}

    record StartNew() implements OfInstances {}

    /** A step is taken; {@code percent} go to the new version from now on. */
    record Stepped(int step, String action, int percent) implements RolloutEffect {}

    record AskJudgement(int step, JudgementRules rules) implements RolloutEffect {}

    /** The new version is the one that lives there now. */
    record Deployed() implements RolloutEffect {}

    /** Traffic that was with the new version is back with the old. */
    record RolledBack(Reason reason) implements RolloutEffect {}

    record StopOld() implements OfInstances {}

    record StopNew() implements OfInstances {}

    /** Instances of the version that lived there before are wanted again. */
    record StartOld() implements OfInstances {}

    record Finish(RolloutState.Outcome outcome, Reason reason) implements RolloutEffect {}
}
