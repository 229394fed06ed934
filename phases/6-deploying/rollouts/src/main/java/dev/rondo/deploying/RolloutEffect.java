package dev.rondo.deploying;

import dev.rondo.journal.Fact.JudgementRules;

/** What a decision wants done; each is a write in the transaction of the decision. */
sealed interface RolloutEffect {

    /** Instances of the new version are wanted. */
    record StartNew() implements RolloutEffect {}

    /** A step is taken; {@code percent} go to the new version from now on. */
    record Stepped(int step, String action, int percent) implements RolloutEffect {}

    record AskJudgement(int step, JudgementRules rules) implements RolloutEffect {}

    /** The new version is the one that lives there now. */
    record Deployed() implements RolloutEffect {}

    /** Traffic that was with the new version is back with the old. */
    record RolledBack(Reason reason) implements RolloutEffect {}

    record StopOld() implements RolloutEffect {}

    record StopNew() implements RolloutEffect {}

    record Finish(RolloutState.Outcome outcome, Reason reason) implements RolloutEffect {}
}
