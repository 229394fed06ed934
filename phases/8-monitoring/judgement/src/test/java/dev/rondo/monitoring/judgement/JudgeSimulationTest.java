package dev.rondo.monitoring.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.monitoring.judgement.Look.State;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whole judgements with made-up users: looked at four times a second, as the real one is. */
class JudgeSimulationTest {

    private static final String[] ROUTES = {"/", "/api/products", "/api/cart", "/assets/app.js"};
    private static final double LOOKS_A_SECOND = 4;

    private final long seed = Long.getLong("rondo.seed", 20261122);
    private final Random random = new Random(seed);

    private record Ending(State state, double seconds, String worstRoute) {}

    /**
     * @param rates errors per request by route: of the stable version, then of the candidate
     */
    private Ending judge(
            Rules rules, double perSecond, double weight, double[] stable, double[] candidate) {
        var judge = new Judge(rules, Traffic.NONE);
        for (double seconds = 0; ; seconds += 1 / LOOKS_A_SECOND) {
            var toStable = new HashMap<String, Counts>();
            var toCandidate = new HashMap<String, Counts>();
            var arrivals = poisson(perSecond / LOOKS_A_SECOND);
            for (int i = 0; i < arrivals; i++) {
                var route = random.nextInt(ROUTES.length);
                var chosen = random.nextDouble() < weight;
                var failed = random.nextDouble() < (chosen ? candidate : stable)[route];
                (chosen ? toCandidate : toStable)
                        .merge(ROUTES[route], new Counts(1, failed ? 1 : 0), Counts::plus);
            }
            judge.tell(
                    new Traffic(toStable, Latencies.NONE),
                    new Traffic(toCandidate, Latencies.NONE));
            var look = judge.look(seconds);
            if (look.state() != State.WAITING) {
                return new Ending(look.state(), seconds, look.worstRoute());
            }
        }
    }

    private int poisson(double mean) {
        var limit = Math.exp(-mean);
        var product = random.nextDouble();
        var count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    private static double[] same(double rate) {
        var rates = new double[ROUTES.length];
        Arrays.fill(rates, rate);
        return rates;
    }

    @Test
    void aHealthyCandidateIsFailedLessOftenThanTheRulesAllow() {
        // A minimum that is never reached keeps the judgement open, so that it is looked at as
        // often as can be; the evidence asked for is that of an early failure divided by EARLY.
        for (var rate : new double[] {0.001, 0.01, 0.1}) {
            var runs = 500;
            var failed = 0;
            for (int i = 0; i < runs; i++) {
                if (everReaches(rate, 0.95)) {
                    failed++;
                }
            }
            System.out.printf(
                    "seed %d: false alarms at an error ratio of %s: %d of %d (bound 5 %%)%n",
                    seed, rate, failed, runs);
            assertThat((double) failed / runs).isLessThan(0.05);
        }
    }

    /** Whether the evidence of errors ever reaches what fails a candidate, in 240 looks. */
    private boolean everReaches(double rate, double confidence) {
        var evidence = new ErrorEvidence();
        for (int look = 0; look < 240; look++) {
            var stable = new HashMap<String, Counts>();
            var candidate = new HashMap<String, Counts>();
            for (int i = 0; i < 12; i++) {
                var counts = new Counts(1, random.nextDouble() < rate ? 1 : 0);
                (random.nextDouble() < 0.2 ? candidate : stable)
                        .merge(ROUTES[random.nextInt(ROUTES.length)], counts, Counts::plus);
            }
            evidence.add(
                    new Traffic(stable, Latencies.NONE), new Traffic(candidate, Latencies.NONE));
            if (evidence.log() >= Math.log(2 / (1 - confidence))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aHealthyCandidatePassesSoonAfterItsMinimum() {
        var rules = new Rules(100, 120, 0.01, 1.5, 0.95);
        var passed = 0;
        var runs = 400;
        for (int i = 0; i < runs; i++) {
            var ending = judge(rules, 50, 0.1, same(0.001), same(0.001));
            if (ending.state() == State.PASS) {
                passed++;
            }
        }
        System.out.printf("seed %d: healthy candidates passed: %d of %d%n", seed, passed, runs);
        assertThat(passed).isGreaterThan((int) (runs * 0.97));
    }

    @Test
    void oneInFiveErrorsOnOneRouteIsFoundWithinSeconds() {
        var rules = new Rules(100, 120, 0.01, 1.5, 0.95);
        var broken = same(0);
        broken[1] = 0.2;
        var runs = 400;
        var seconds = new double[runs];
        var failed = 0;
        var named = 0;
        for (int i = 0; i < runs; i++) {
            var ending = judge(rules, 50, 0.1, same(0), broken);
            seconds[i] = ending.seconds();
            failed += ending.state() == State.FAIL ? 1 : 0;
            named += ending.worstRoute().equals(ROUTES[1]) ? 1 : 0;
        }
        Arrays.sort(seconds);
        System.out.printf(
                "seed %d: one in five errors on one route of four, 50 requests/s, canary 10 %%:"
                        + " failed %d of %d, median %.1f s, 95 %% within %.1f s%n",
                seed, failed, runs, seconds[runs / 2], seconds[runs * 95 / 100]);
        assertThat(failed).isGreaterThan((int) (runs * 0.97));
        assertThat(named).isGreaterThanOrEqualTo(failed);
        assertThat(seconds[runs / 2]).isLessThan(20);
        assertThat(seconds[runs * 95 / 100]).isLessThan(40);
    }

    /** Why a rollout asks for 100 requests unless it says otherwise: docs/judgement.md. */
    @Test
    void aHundredRequestsLetFewFaultsSlipThroughAndFiftyLetMany() {
        var broken = same(0);
        broken[1] = 0.2;
        var at50 = missed(50, broken);
        var at100 = missed(100, broken);
        var at200 = missed(200, broken);
        var stopped = stopped(100);
        System.out.printf(
                "seed %d: one in five errors on one route of four slips through in %.2f %% at 50,"
                        + " %.2f %% at 100, %.2f %% at 200 requests; healthy ones stopped at 100:"
                        + " %.2f %%%n",
                seed, at50 * 100, at100 * 100, at200 * 100, stopped * 100);
        assertThat(at50).isGreaterThan(0.04);
        assertThat(at100).isLessThan(0.015);
        assertThat(stopped).isLessThan(0.01);
    }

    /** How often a broken candidate passes. */
    private double missed(int minimum, double[] broken) {
        var rules = new Rules(minimum, 120, 0.02, 1.5, 0.95);
        var runs = 1000;
        var passed = 0;
        for (int i = 0; i < runs; i++) {
            passed += judge(rules, 50, 0.1, same(0), broken).state() == State.PASS ? 1 : 0;
        }
        return (double) passed / runs;
    }

    /** How often a candidate that is as good as the stable version fails. */
    private double stopped(int minimum) {
        var rules = new Rules(minimum, 120, 0.02, 1.5, 0.95);
        var runs = 1000;
        var failed = 0;
        for (int i = 0; i < runs; i++) {
            failed += judge(rules, 50, 0.1, same(0.005), same(0.005)).state() == State.FAIL ? 1 : 0;
        }
        return (double) failed / runs;
    }

    @Test
    void aTotalFailureIsFoundAfterAHandfulOfRequests() {
        var rules = new Rules(100, 120, 0.01, 1.5, 0.95);
        var runs = 200;
        var seconds = new double[runs];
        for (int i = 0; i < runs; i++) {
            var ending = judge(rules, 50, 0.1, same(0), same(1));
            assertThat(ending.state()).isEqualTo(State.FAIL);
            seconds[i] = ending.seconds();
        }
        Arrays.sort(seconds);
        System.out.printf(
                "seed %d: total failure: median %.1f s, worst %.1f s%n",
                seed, seconds[runs / 2], seconds[runs - 1]);
        assertThat(seconds[runs / 2]).isLessThan(2);
    }
}
