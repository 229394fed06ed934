package dev.rondo.deploying;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.deploying.Plan.Step;
import dev.rondo.deploying.Plan.Strategy;
import dev.rondo.deploying.RolloutState.Outcome;
import dev.rondo.deploying.RolloutSteps.Course;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RolloutStepsTest {

    private static final Plan CANARY = Plan.standard(Strategy.CANARY);
    private static final Plan BIG_BANG = Plan.standard(Strategy.BIG_BANG);

    @Test
    void canaryTakesItsStepsInOrder() {
        var run = new Run(CANARY);
        run.hear(new RolloutFact.Begun());
        run.hear(new RolloutFact.NewHealthy());
        assertThat(run.weight).isEqualTo(10);
        run.hear(new RolloutFact.Judged(1, "pass", List.of()));
        assertThat(run.weight).isEqualTo(50);
        run.hear(new RolloutFact.Judged(3, "pass", List.of()));
        assertThat(run.weight).isEqualTo(100);
        run.hear(new RolloutFact.OldGone());
        assertThat(run.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(run.named())
                .containsExactly(
                        "StartNew",
                        "Stepped",
                        "Stepped",
                        "AskJudgement",
                        "Stepped",
                        "Stepped",
                        "AskJudgement",
                        "Stepped",
                        "Deployed",
                        "StopOld",
                        "Finish");
    }

    @Test
    void judgementOfAnEarlierStepIsNotHeard() {
        var run = new Run(CANARY);
        run.hear(new RolloutFact.Begun());
        run.hear(new RolloutFact.NewHealthy());
        run.hear(new RolloutFact.Judged(1, "pass", List.of()));
        assertThat(run.hear(new RolloutFact.Judged(1, "fail", List.of()))).isFalse();
        assertThat(run.weight).isEqualTo(50);
    }

    @Test
    void pausedRolloutDoesNotAdvanceBeforeItsTime() {
        var plan =
                new Plan(
                        Strategy.PHASED,
                        List.of(
                                new Step.Weight(25),
                                new Step.Pause(Duration.ofSeconds(10)),
                                new Step.Weight(100)));
        var run = new Run(plan);
        run.hear(new RolloutFact.Begun());
        run.hear(new RolloutFact.NewHealthy());
        run.now += 9_999_999;
        assertThat(run.hear(new RolloutFact.TimePassed())).isFalse();
        run.now += 1;
        assertThat(run.hear(new RolloutFact.TimePassed())).isTrue();
        assertThat(run.weight).isEqualTo(100);
    }

    @Test
    void alertIsAFailedJudgement() {
        var run = new Run(CANARY);
        run.hear(new RolloutFact.Begun());
        run.hear(new RolloutFact.NewHealthy());
        run.hear(new RolloutFact.Alerted("errors"));
        assertThat(run.weight).isZero();
        run.hear(new RolloutFact.NewGone());
        assertThat(run.outcome()).isEqualTo(Outcome.ROLLEDBACK);
    }

    @Test
    void bigBangStopsTheOldVersionBeforeItStartsTheNew() {
        var run = new Run(BIG_BANG);
        run.hear(new RolloutFact.Begun());
        assertThat(run.hear(new RolloutFact.NewHealthy())).isFalse();
        run.hear(new RolloutFact.OldGone());
        run.hear(new RolloutFact.NewHealthy());
        assertThat(run.weight).isEqualTo(100);
        run.hear(new RolloutFact.OldGone());
        assertThat(run.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(run.named())
                .containsExactly("StopOld", "StartNew", "Stepped", "Deployed", "Finish");
    }

    @Test
    void bigBangThatFailsStartsTheOldVersionAgain() {
        var run = new Run(BIG_BANG);
        run.hear(new RolloutFact.Begun());
        run.hear(new RolloutFact.OldGone());
        run.hear(new RolloutFact.NewFailed(Reason.of("health.connect", 1)));
        assertThat(run.hear(new RolloutFact.OldHealthy())).isFalse();
        run.hear(new RolloutFact.NewGone());
        assertThat(run.state.over()).isFalse();
        run.hear(new RolloutFact.OldHealthy());
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.named())
                .containsExactly("StopOld", "StartNew", "StopNew", "StartOld", "Finish");
    }

    @Test
    void bigBangThatIsAbortedWhileTheOldVersionStopsStartsItAgain() {
        var run = new Run(BIG_BANG);
        run.hear(new RolloutFact.Begun());
        run.hear(new RolloutFact.Stopped(Reason.of("aborted", "olga")));
        run.hear(new RolloutFact.NewGone());
        run.hear(new RolloutFact.OldHealthy());
        assertThat(run.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(run.named()).containsExactly("StopOld", "StopNew", "StartOld", "Finish");
    }

    /** Whatever comes, in whatever order: these always hold. */
    @RepeatedTest(500)
    void anyOrderOfFactsEndsProperly(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var run = new Run(plan(random));
        for (int i = 0; i < 200 && !run.state.over(); i++) {
            int weight = run.weight;
            boolean reverting = run.state instanceof RolloutState.Reverting;
            run.now += random.nextInt(5_000_000);
            run.hear(fact(random));
            assertThat(run.weight).isBetween(0, 100);
            if (reverting) {
                assertThat(run.weight).isZero();
            } else if (!(run.state instanceof RolloutState.Reverting)) {
                assertThat(run.weight).isGreaterThanOrEqualTo(weight);
            }
        }
        run.hear(new RolloutFact.Begun());
        run.hear(new RolloutFact.Stopped(Reason.NONE));
        run.hear(new RolloutFact.NewGone());
        run.hear(new RolloutFact.OldGone());
        run.hear(new RolloutFact.OldHealthy());

        assertThat(run.state.over()).isTrue();
        assertThat(count(run, RolloutEffect.Finish.class)).isEqualTo(1);
        boolean deployed = count(run, RolloutEffect.Deployed.class) == 1;
        assertThat(deployed).isEqualTo(run.outcome() == Outcome.COMPLETED);
        assertThat(count(run, RolloutEffect.RolledBack.class))
                .isEqualTo(run.outcome() == Outcome.ROLLEDBACK ? 1 : 0);
        if (deployed) {
            assertThat(run.weight).isEqualTo(100);
        }
        verifyInstances(run, deployed);
        assertThat(run.hear(fact(random))).as("what is over stays over").isFalse();
    }

    /** In the end one version is wanted, the right one; a big bang never wants two. */
    private static void verifyInstances(Run run, boolean deployed) {
        boolean old = true;
        boolean fresh = false;
        for (var effect : run.effects) {
            if (effect instanceof RolloutEffect.OfInstances change) {
                switch (change) {
                    case RolloutEffect.StartNew start -> fresh = true;
                    case RolloutEffect.StopNew stop -> fresh = false;
                    case RolloutEffect.StartOld start -> old = true;
                    case RolloutEffect.StopOld stop -> old = false;
                }
                assertThat(old && fresh && run.plan.oldStopsFirst())
                        .as("%s", run.named())
                        .isFalse();
            }
        }
        assertThat(fresh).as("%s", run.named()).isEqualTo(deployed);
        assertThat(old).as("%s", run.named()).isEqualTo(!deployed);
    }

    private static long count(Run run, Class<?> effect) {
        return run.effects.stream().filter(effect::isInstance).count();
    }

    private static Plan plan(Random random) {
        if (random.nextInt(3) == 0) {
            return random.nextBoolean()
                    ? BIG_BANG
                    : new Plan(
                            Strategy.BIG_BANG,
                            List.of(
                                    new Step.Weight(100),
                                    new Step.Pause(Duration.ofSeconds(random.nextInt(5))),
                                    new Step.Approve()));
        }
        var steps = new ArrayList<Step>();
        int weight = 0;
        while (weight < 100 && steps.size() < 10) {
            weight = Math.min(100, weight + 1 + random.nextInt(60));
            steps.add(new Step.Weight(weight));
            if (weight < 100) {
                steps.add(
                        switch (random.nextInt(3)) {
                            case 0 -> new Step.Pause(Duration.ofSeconds(random.nextInt(5)));
                            case 1 -> new Step.Approve();
                            default -> new Step.Judge(Plan.STANDARD_RULES, random.nextBoolean());
                        });
            }
        }
        if (weight < 100) {
            steps.add(new Step.Weight(100));
        }
        return new Plan(Strategy.CANARY, steps);
    }

    private static RolloutFact fact(Random random) {
        return switch (random.nextInt(18)) {
            case 0, 1 -> new RolloutFact.Begun();
            case 2, 3 -> new RolloutFact.NewHealthy();
            case 4 ->
                    random.nextInt(5) == 0
                            ? new RolloutFact.NewFailed(Reason.NONE)
                            : new RolloutFact.TimePassed();
            case 5, 6, 7, 8 ->
                    new RolloutFact.Judged(
                            random.nextInt(10),
                            List.of("pass", "pass", "pass", "inconclusive", "fail")
                                    .get(random.nextInt(5)),
                            List.of());
            case 9, 10 -> new RolloutFact.Approved();
            case 11 -> new RolloutFact.Promoted();
            case 12 ->
                    random.nextInt(8) == 0
                            ? new RolloutFact.Stopped(Reason.NONE)
                            : new RolloutFact.TimePassed();
            case 13 ->
                    random.nextInt(8) == 0
                            ? new RolloutFact.Alerted("x")
                            : new RolloutFact.TimePassed();
            case 14 -> new RolloutFact.OldGone();
            case 15 -> new RolloutFact.OldHealthy();
            case 16 -> new RolloutFact.OldFailed(Reason.NONE);
            default -> new RolloutFact.NewGone();
        };
    }

    /** A rollout without anything around it. */
    private static final class Run {

        final Plan plan;
        final List<RolloutEffect> effects = new ArrayList<>();
        RolloutState state = new RolloutState.Queued();
        int weight;
        long now = 1;

        Run(Plan plan) {
            this.plan = plan;
        }

        boolean hear(RolloutFact fact) {
            var next = RolloutSteps.next(new Course(plan, state, weight), fact, now);
            next.ifPresent(n -> {
                state = n.state();
                weight = n.weight();
                effects.addAll(n.effects());
            });
            return next.isPresent();
        }

        List<String> named() {
            return effects.stream().map(effect -> effect.getClass().getSimpleName()).toList();
        }

        Outcome outcome() {
            return ((RolloutState.Finished) state).outcome();
        }
    }
}
