package dev.rondo.deploying;

import dev.rondo.deploying.Plan.Step;
import dev.rondo.deploying.RolloutState.AtStep;
import dev.rondo.deploying.RolloutState.Clearing;
import dev.rondo.deploying.RolloutState.Finished;
import dev.rondo.deploying.RolloutState.Outcome;
import dev.rondo.deploying.RolloutState.Preparing;
import dev.rondo.deploying.RolloutState.Queued;
import dev.rondo.deploying.RolloutState.Restoring;
import dev.rondo.deploying.RolloutState.Retiring;
import dev.rondo.deploying.RolloutState.Reverting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The decisions of a rollout, and nothing else: (course, fact) → next state and effects. A fact
 * that means nothing in a state gives nothing, so that one that comes twice or late does no harm.
 */
final class RolloutSteps {

    private RolloutSteps() {}

    /**
     * A rollout as far as decisions need it.
     *
     * @param weight percent of the traffic that the new version has
     */
    record Course(Plan plan, RolloutState state, int weight) {}

    record Next(RolloutState state, int weight, List<RolloutEffect> effects) {}

    /** Empty when the fact changes nothing. */
    static Optional<Next> next(Course course, RolloutFact fact, long now) {
        return switch (course.state()) {
            case Queued queued -> queued(course, fact);
            case Clearing clearing -> clearing(fact);
            case Preparing preparing -> preparing(course, fact, now);
            case AtStep at -> atStep(course, at, fact, now);
            case Retiring retiring ->
                    fact instanceof RolloutFact.OldGone
                            ? finish(course, Outcome.COMPLETED, Reason.NONE)
                            : Optional.empty();
            case Reverting reverting ->
                    fact instanceof RolloutFact.NewGone
                            ? reverted(course, reverting)
                            : Optional.empty();
            case Restoring restoring -> restoring(course, restoring, fact);
            case Finished finished -> Optional.empty();
        };
    }

    private static Optional<Next> queued(Course course, RolloutFact fact) {
        return switch (fact) {
            case RolloutFact.Begun begun ->
                    course.plan().oldStopsFirst()
                            ? move(new Clearing(), new RolloutEffect.StopOld())
                            : move(new Preparing(), new RolloutEffect.StartNew());
            case RolloutFact.Stopped stopped -> finish(course, Outcome.ABORTED, stopped.reason());
            default -> Optional.empty();
        };
    }

    private static Optional<Next> clearing(RolloutFact fact) {
        return switch (fact) {
            case RolloutFact.OldGone gone -> move(new Preparing(), new RolloutEffect.StartNew());
            case RolloutFact.Stopped stopped -> revert(Outcome.ABORTED, stopped.reason());
            default -> Optional.empty();
        };
    }

    private static Optional<Next> preparing(Course course, RolloutFact fact, long now) {
        return switch (fact) {
            case RolloutFact.NewHealthy healthy ->
                    Optional.of(enter(course, 0, now, new ArrayList<>()));
            case RolloutFact.NewFailed failed -> revert(Outcome.FAILED, failed.reason());
            case RolloutFact.Stopped stopped -> revert(Outcome.ABORTED, stopped.reason());
            default -> Optional.empty();
        };
    }

    private static Optional<Next> atStep(Course course, AtStep at, RolloutFact fact, long now) {
        var step = course.plan().steps().get(at.step());
        return switch (fact) {
            case RolloutFact.NewFailed failed -> revert(Outcome.ROLLEDBACK, failed.reason());
            case RolloutFact.Alerted alert ->
                    revert(Outcome.ROLLEDBACK, Reason.of("alert", alert.summary()));
            case RolloutFact.Stopped stopped -> revert(Outcome.ABORTED, stopped.reason());
            case RolloutFact.TimePassed passed
                    when step instanceof Step.Pause pause
                            && now >= at.since() + pause.time().toNanos() / 1000 ->
                    goOn(course, at, now);
            case RolloutFact.Promoted promoted when step instanceof Step.Pause ->
                    goOn(course, at, now);
            case RolloutFact.Approved approved when step instanceof Step.Approve ->
                    goOn(course, at, now);
            case RolloutFact.Judged judged
                    when step instanceof Step.Judge judge && judged.step() == at.step() ->
                    judged(course, at, judge, judged, now);
            default -> Optional.empty();
        };
    }

    private static Optional<Next> judged(
            Course course, AtStep at, Step.Judge judge, RolloutFact.Judged judged, long now) {
        var reasons = String.join(" ", judged.reasons());
        return switch (judged.verdict()) {
            case "pass" -> goOn(course, at, now);
            case "fail" -> revert(Outcome.ROLLEDBACK, Reason.of("judged", reasons));
            default ->
                    judge.goesOn()
                            ? goOn(course, at, now)
                            : revert(Outcome.ROLLEDBACK, Reason.of("inconclusive", reasons));
        };
    }

    private static Optional<Next> goOn(Course course, AtStep at, long now) {
        return Optional.of(enter(course, at.step() + 1, now, new ArrayList<>()));
    }

    /** Takes the steps from {@code first} on, up to one that takes time or the end. */
    private static Next enter(Course course, int first, long now, List<RolloutEffect> effects) {
        int weight = course.weight();
        var steps = course.plan().steps();
        for (int i = first; i < steps.size(); i++) {
            var step = steps.get(i);
            if (step instanceof Step.Weight to) {
                weight = to.percent();
                effects.add(new RolloutEffect.Stepped(i, step.word(), weight));
                continue;
            }
            effects.add(new RolloutEffect.Stepped(i, step.word(), weight));
            if (step instanceof Step.Judge judge) {
                effects.add(new RolloutEffect.AskJudgement(i, judge.rules()));
            }
            return new Next(new AtStep(i, now), weight, effects);
        }
        effects.add(new RolloutEffect.Deployed());
        if (!course.plan().oldStopsFirst()) {
            effects.add(new RolloutEffect.StopOld());
        }
        return new Next(new Retiring(), weight, effects);
    }

    private static Optional<Next> revert(Outcome outcome, Reason reason) {
        var effects = new ArrayList<RolloutEffect>();
        if (outcome == Outcome.ROLLEDBACK) {
            effects.add(new RolloutEffect.RolledBack(reason));
        }
        effects.add(new RolloutEffect.StopNew());
        return Optional.of(new Next(new Reverting(outcome, reason), 0, effects));
    }

    private static Optional<Next> reverted(Course course, Reverting reverting) {
        return course.plan().oldStopsFirst()
                ? move(
                        new Restoring(reverting.outcome(), reverting.reason()),
                        new RolloutEffect.StartOld())
                : finish(course, reverting.outcome(), reverting.reason());
    }

    private static Optional<Next> restoring(Course course, Restoring restoring, RolloutFact fact) {
        return switch (fact) {
            case RolloutFact.OldHealthy healthy ->
                    finish(course, restoring.outcome(), restoring.reason());
            case RolloutFact.OldFailed failed ->
                    finish(
                            course,
                            restoring.outcome(),
                            Reason.of(
                                    "unrestored",
                                    restoring.reason().quoted(),
                                    failed.reason().quoted()));
            default -> Optional.empty();
        };
    }

    /** To a state in which the new version has no traffic. */
    private static Optional<Next> move(RolloutState state, RolloutEffect effect) {
        return Optional.of(new Next(state, 0, List.of(effect)));
    }

    private static Optional<Next> finish(Course course, Outcome outcome, Reason reason) {
        return Optional.of(
                new Next(
                        new Finished(outcome, reason),
                        course.weight(),
                        List.of(new RolloutEffect.Finish(outcome, reason))));
    }
}
