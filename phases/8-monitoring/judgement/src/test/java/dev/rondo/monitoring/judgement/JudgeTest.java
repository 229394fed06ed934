package dev.rondo.monitoring.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.monitoring.judgement.Look.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final double[] BOUNDS = {0.01, 0.05, 0.1, 0.25, 0.5, 1};
    private static final Rules RULES = new Rules(100, 60, 0.01, 1.5, 0.95);

    private static Traffic traffic(long requests, long errors) {
        return traffic(requests, errors, 0);
    }

    /** The slow ones take half a second, the others a few milliseconds. */
    private static Traffic traffic(long requests, long errors, long slow) {
        return new Traffic(
                Map.of("/", new Counts(requests, errors)),
                new Latencies(BOUNDS, new double[] {requests - slow, 0, 0, 0, slow, 0, 0}));
    }

    @Test
    void aCandidateWithoutEnoughRequestsWaitsAndThenIsInconclusive() {
        var judge = new Judge(RULES, Traffic.NONE);
        judge.tell(traffic(900, 0), traffic(99, 0));
        assertThat(judge.look(59).state()).isEqualTo(State.WAITING);
        assertThat(judge.look(60).state()).isEqualTo(State.INCONCLUSIVE);
        assertThat(judge.look(60).reasons().getFirst().key()).isEqualTo("few");
        judge.tell(traffic(9, 0), traffic(1, 0));
        assertThat(judge.look(61).state()).isEqualTo(State.PASS);
    }

    @Test
    void nobodyAtAllIsInconclusiveToo() {
        var judge = new Judge(RULES, Traffic.NONE);
        assertThat(judge.look(0).state()).isEqualTo(State.WAITING);
        assertThat(judge.look(60).state()).isEqualTo(State.INCONCLUSIVE);
    }

    @Test
    void overwhelmingEvidenceFailsBeforeTheMinimum() {
        var judge = new Judge(RULES, Traffic.NONE);
        for (int i = 0; i < 8; i++) {
            judge.tell(traffic(20, 0), traffic(2, 1));
        }
        var look = judge.look(2);
        assertThat(look.state()).isEqualTo(State.FAIL);
        assertThat(look.candidate().total().requests()).isEqualTo(16);
        assertThat(look.worstRoute()).isEqualTo("/");
        assertThat(look.worstRouteErrorRatio()).isEqualTo(0.5);
        assertThat(look.increase().low()).isPositive();
    }

    @Test
    void anOutageThatHitsBothAlikeIsNotTheCandidatesFault() {
        var judge = new Judge(RULES, Traffic.NONE);
        for (int i = 0; i < 20; i++) {
            judge.tell(traffic(90, i < 10 ? 90 : 0), traffic(10, i < 10 ? 10 : 0));
        }
        assertThat(judge.look(20).state()).isEqualTo(State.PASS);
    }

    @Test
    void aProvenButTinyIncreaseWithinTheToleranceIsNoFailure() {
        var rules = new Rules(100, 60, 0.05, 1.5, 0.95);
        var judge = new Judge(rules, Traffic.NONE);
        for (int i = 0; i < 200; i++) {
            judge.tell(traffic(1000, 0), traffic(100, 2));
        }
        var look = judge.look(30);
        assertThat(look.evidence()).isGreaterThan(look.needed());
        assertThat(look.state()).isEqualTo(State.WAITING);
        assertThat(judge.look(60).state()).isEqualTo(State.INCONCLUSIVE);
    }

    @Test
    void aRouteThatTheStableVersionNeverServedStillCounts() {
        var judge = new Judge(RULES, Traffic.NONE);
        for (int i = 0; i < 50; i++) {
            judge.tell(
                    new Traffic(Map.of("/", new Counts(20, 0)), Latencies.NONE),
                    new Traffic(
                            Map.of("/", new Counts(1, 0), "/new", new Counts(1, 1)),
                            Latencies.NONE));
        }
        var look = judge.look(10);
        assertThat(look.state()).isEqualTo(State.FAIL);
        assertThat(look.worstRoute()).isEqualTo("/new");
        assertThat(look.worstRouteErrorRatio()).isEqualTo(1);
    }

    @Test
    void aSlowCandidateFailsByItsLatency() {
        var judge = new Judge(RULES, Traffic.NONE);
        for (int i = 0; i < 60; i++) {
            judge.tell(traffic(20, 0, 0), traffic(3, 0, 1));
        }
        var look = judge.look(10);
        assertThat(look.state()).isEqualTo(State.FAIL);
        assertThat(look.reasons()).extracting(Reason::key).contains("latency");
        assertThat(look.slowness()).isGreaterThan(look.needed());
    }

    @Test
    void aCandidateThatIsSlowerByLessThanIsFeltPasses() {
        var fast = new Latencies(BOUNDS, new double[] {90, 0, 0, 0, 0, 0, 0});
        var slower = new Latencies(BOUNDS, new double[] {0, 10, 0, 0, 0, 0, 0});
        var judge = new Judge(RULES, Traffic.NONE);
        for (int i = 0; i < 20; i++) {
            judge.tell(
                    new Traffic(Map.of("/", new Counts(90, 0)), fast),
                    new Traffic(Map.of("/", new Counts(10, 0)), slower));
        }
        assertThat(judge.look(20).state()).isEqualTo(State.PASS);
    }

    @Test
    void withAllTrafficOnTheCandidateThePastOfTheStableVersionStandsIn() {
        var good = new Judge(RULES, traffic(10_000, 5));
        good.tell(Traffic.NONE, traffic(200, 0));
        assertThat(good.look(10).state()).isEqualTo(State.PASS);
        assertThat(good.look(10).reasons()).extracting(Reason::key).contains("alone");

        var bad = new Judge(RULES, traffic(10_000, 5));
        bad.tell(Traffic.NONE, traffic(200, 20));
        assertThat(bad.look(10).state()).isEqualTo(State.FAIL);
    }

    @Test
    void theVeryFirstVersionIsHeldToOneInAHundred() {
        var first = new Judge(RULES, Traffic.NONE);
        first.tell(Traffic.NONE, traffic(300, 60));
        assertThat(first.look(5).state()).isEqualTo(State.FAIL);
    }

    @Test
    void nonsenseInTheRulesIsBroughtBack() {
        var rules = new Rules(-5, 0, Double.NaN, 0.1, 7);
        assertThat(rules).isEqualTo(new Rules(1, 1, 0, 1, 0.999_999));
    }

    @Test
    void theIntervalsAreThoseOfTheBooks() {
        // Newcombe 1998, table II: 56/70 less 48/80 is 0.2 (0.0524, 0.3339) by method 10.
        var interval =
                Interval.ofDifference(new Counts(80, 48), new Counts(70, 56), Interval.z(0.95));
        assertThat(interval.low()).isCloseTo(0.0524, within(0.0002));
        assertThat(interval.high()).isCloseTo(0.3339, within(0.0002));
        assertThat(Interval.z(0.95)).isCloseTo(1.96, within(0.001));
    }

    @Test
    void quantilesAreInterpolatedWithinTheirBucket() {
        var latencies = new Latencies(new double[] {0.1, 0.2}, new double[] {50, 50, 0});
        assertThat(latencies.quantile(0.5)).isCloseTo(0.1, within(1e-9));
        assertThat(latencies.quantile(0.75)).isCloseTo(0.15, within(1e-9));
        assertThat(latencies.above(0.1)).isEqualTo(50);
        assertThat(Latencies.NONE.quantile(0.99)).isZero();
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }
}
