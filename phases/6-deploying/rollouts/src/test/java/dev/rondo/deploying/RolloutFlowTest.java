package dev.rondo.deploying;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class RolloutFlowTest {

    @Test
    void publishedReleasesGoOutBlueGreenThenAsCanaryAndNothingIsDropped() throws Exception {
        try (var harbour = new Harbour()) {
            var published = harbour.publish("1.0.0", "well");
            assertThat(word(harbour.over("1.0.0"))).isEqualTo("completed");
            var started = harbour.events(Kind.ROLLOUT_STARTED).getFirst();
            assertThat(((Fact.RolloutStarted) started.fact()).strategy()).isEqualTo("blue-green");
            assertThat(started.causes()).containsExactly(published.seq());
            assertThat(harbour.visit("/").body()).isEqualTo("1.0.0");
            assertThat(harbour.alive()).hasSize(2);

            try (var users = new Users(harbour, 4)) {
                harbour.publish("1.1.0", "well");
                Harbour.until().until(() -> harbour.newest().step() == 1);
                var seen = users.count(200);
                assertThat(seen.get("1.1.0")).isBetween(18, 22);

                harbour.judge("pass");
                assertThat(word(harbour.over("1.1.0"))).isEqualTo("completed");
                users.count(50);
                assertThat(users.failed()).isEmpty();
            }
            assertThat(harbour.visit("/").body()).isEqualTo("1.1.0");
            assertThat(harbour.alive())
                    .hasSize(2)
                    .allMatch(row -> row.version().equals("1.1.0") && row.healthy());
            var deployed = (Fact.ServiceDeployed) last(harbour, Kind.SERVICE_DEPLOYED).fact();
            assertThat(deployed.fromVersion()).isEqualTo("1.0.0");
            assertThat(deployed.tickets()).containsExactly(2L);
        }
    }

    @Test
    void releaseThatWaitedForApprovalGoesOutOnceItIsOpened() {
        try (var harbour = new Harbour()) {
            var asks =
                    Harbour.DELIVERY.replace(
                            "    strategy: canary\n", "    strategy: canary\n    approvals: 1\n");
            harbour.publish("1.0.0", "well", asks, List.of());
            harbour.tell(
                    Subject.of("release", "1.0.0"),
                    new Fact.ReleaseApproved("1.0.0", "production", "olga", ""));
            var opened =
                    harbour.tell(
                            Subject.of("release", "1.0.0"),
                            new Fact.ReleaseOpened("1.0.0", "production"));

            assertThat(word(harbour.over("1.0.0"))).isEqualTo("completed");
            var started = harbour.events(Kind.ROLLOUT_STARTED);
            assertThat(started).hasSize(1);
            assertThat(started.getFirst().causes()).containsExactly(opened.seq());
        }
    }

    @Test
    void environmentThatWaitsForAPersonDoesNotStartWhenItIsOpened() {
        try (var harbour = new Harbour()) {
            var byHand =
                    Harbour.DELIVERY.replace(
                            "    strategy: canary\n",
                            "    strategy: canary\n    approvals: 1\n    automatic: false\n");
            harbour.publish("1.0.0", "well", byHand, List.of());
            harbour.tell(
                    Subject.of("release", "1.0.0"), new Fact.ReleaseOpened("1.0.0", "production"));
            harbour.publish("1.1.0", "well");

            // Later events are heard later: that one went out says that the first did not.
            assertThat(word(harbour.over("1.1.0"))).isEqualTo("completed");
            assertThat(harbour.events(Kind.ROLLOUT_STARTED)).hasSize(1);
        }
    }

    @Test
    void failedJudgementSendsAllTrafficBackAndSaysWhy() throws Exception {
        try (var harbour = new Harbour()) {
            harbour.publish("1.0.0", "well");
            harbour.over("1.0.0");
            harbour.publish("1.1.0", "well");
            var judgement = harbour.judge("fail");

            assertThat(word(harbour.over("1.1.0"))).isEqualTo("rolledback");
            var back = last(harbour, Kind.SERVICE_ROLLEDBACK);
            assertThat(back.causes()).contains(judgement.seq());
            var fact = (Fact.ServiceRolledBack) back.fact();
            assertThat(fact.toVersion()).isEqualTo("1.0.0");
            assertThat(fact.worstRoute()).isEqualTo("/api/cart");
            assertThat(fact.worstRouteErrorRatio()).isEqualTo(0.2);
            assertThat(fact.candidateSample().errors()).isEqualTo(20);
            assertThat(fact.reason()).contains("Because.");
            for (int i = 0; i < 20; i++) {
                assertThat(harbour.visit("/").body()).isEqualTo("1.0.0");
            }
            assertThat(harbour.alive()).allMatch(row -> row.version().equals("1.0.0"));
        }
    }

    @Test
    void alertAboutTheNewVersionRollsBack() {
        try (var harbour = new Harbour()) {
            harbour.publish("1.0.0", "well");
            harbour.over("1.0.0");
            harbour.publish("1.1.0", "well");
            Harbour.until().until(() -> harbour.newest().step() == 1);

            var alert =
                    harbour.tell(
                            Subject.of("alert", "errors@shop/production"),
                            new Fact.AlertFired(
                                    "errors", "shop", "production", "1.1.0", "too many", 1, 0));

            assertThat(word(harbour.over("1.1.0"))).isEqualTo("rolledback");
            assertThat(last(harbour, Kind.SERVICE_ROLLEDBACK).causes()).contains(alert.seq());
        }
    }

    @Test
    void rolloutsWorkOnPostgresAsWell() {
        try (var harbour = new Harbour(Harbour.temporary(), file -> Databases.postgres())) {
            harbour.publish("1.0.0", "well");
            harbour.over("1.0.0");
            harbour.publish("1.1.0", "well");
            harbour.judge("pass");
            assertThat(word(harbour.over("1.1.0"))).isEqualTo("completed");
        }
    }

    @Test
    void inconclusiveJudgementRollsBackUnlessToldOtherwise() {
        try (var harbour = new Harbour()) {
            harbour.publish("1.0.0", "well");
            harbour.over("1.0.0");
            harbour.publish("1.1.0", "well");
            harbour.judge("inconclusive");
            assertThat(harbour.over("1.1.0").reason().key())
                    .isEqualTo("deploying.reason.inconclusive");

            harbour.publish(
                    "1.2.0",
                    "well",
                    Harbour.DELIVERY.replace("max-wait: 60s", "max-wait: 60s, inconclusive: go-on"),
                    List.of("production"));
            harbour.judge("inconclusive");
            assertThat(word(harbour.over("1.2.0"))).isEqualTo("completed");
        }
    }

    @Test
    void instanceThatNeverGetsHealthyFailsTheRolloutWithAReason() throws Exception {
        try (var harbour = new Harbour()) {
            harbour.publish("1.0.0", "well");
            harbour.over("1.0.0");
            var quick = Harbour.DELIVERY.replace("start-within: 8s", "start-within: 2s");

            harbour.publish("1.1.0", "ill", quick, List.of("production"));
            var ill = harbour.over("1.1.0");
            assertThat(word(ill)).isEqualTo("failed");
            assertThat(ill.reason().key()).isEqualTo("deploying.reason.unhealthy");
            assertThat(ill.reason().args().getLast()).contains("/healthz answered 500");

            harbour.publish("1.2.0", "hang", quick, List.of("production"));
            var hanging = harbour.over("1.2.0");
            assertThat(hanging.reason().args().getLast()).contains("did not answer within 500 ms");

            harbour.publish("1.3.0", "crash", quick, List.of("production"));
            var crashing = harbour.over("1.3.0");
            assertThat(crashing.reason().key()).isEqualTo("deploying.reason.exited");
            assertThat(crashing.reason().args()).contains("3").anyMatch(a -> a.contains("boom"));

            assertThat(harbour.visit("/").body()).isEqualTo("1.0.0");
            assertThat(harbour.alive()).hasSize(2);
        }
    }

    @Test
    void secondRolloutIsRefusedAndAPublishedOneWaits() {
        try (var harbour = new Harbour()) {
            harbour.publish("1.0.0", "well");
            harbour.over("1.0.0");
            harbour.publish("1.1.0", "well");
            Harbour.until().until(() -> harbour.newest().step() == 1);
            harbour.publish("1.2.0", "well");
            Harbour.until().until(() -> harbour.newest().version().equals("1.2.0"));
            assertThat(harbour.newest().queued()).isTrue();

            var refused =
                    harbour.call(
                            "POST",
                            "/api/projects/shop/rollouts",
                            "{\"service\":\"shop\",\"environment\":\"production\","
                                    + "\"version\":\"1.0.0\"}");
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("A rollout of 1.1.0 into production is under way");

            var first =
                    harbour.spine
                            .store()
                            .read(sql -> RolloutStore.open(sql, Harbour.PRODUCTION))
                            .getFirst();
            var aborted = harbour.call("DELETE", "/api/projects/shop/rollouts/" + first.id(), "");
            assertThat(aborted.statusCode()).isEqualTo(200);
            assertThat(word(harbour.over("1.1.0"))).isEqualTo("aborted");
            harbour.judge("pass");
            assertThat(word(harbour.over("1.2.0"))).isEqualTo("completed");
        }
    }

    @Test
    void instancesAreAdoptedAndTheRolloutGoesOnAfterARestart() throws Exception {
        var data = Harbour.temporary();
        List<InstanceStore.Row> before;
        try (var ignored = new Leaving(new Harbour(data, dev.rondo.store.Database.Sqlite::new))) {
            var harbour = ignored.harbour();
            harbour.publish("1.0.0", "well");
            harbour.over("1.0.0");
            harbour.publish("1.1.0", "well");
            Harbour.until().until(() -> harbour.newest().step() == 1);
            before = harbour.alive();
        }
        try (var harbour = new Harbour(data, dev.rondo.store.Database.Sqlite::new)) {
            assertThat(harbour.visit("/").statusCode()).isEqualTo(200);
            harbour.judge("pass");
            assertThat(word(harbour.over("1.1.0"))).isEqualTo("completed");

            var kept = before.stream().filter(row -> row.version().equals("1.1.0")).toList();
            assertThat(harbour.alive())
                    .extracting(InstanceStore.Row::handle)
                    .containsExactlyInAnyOrderElementsOf(
                            kept.stream().map(InstanceStore.Row::handle).toList());
            assertThat(harbour.events(Kind.ROLLOUT_STARTED)).hasSize(2);
        }
    }

    @Test
    void instanceThatEndsIsStartedAgain() throws Exception {
        try (var harbour = new Harbour()) {
            harbour.publish("1.0.0", "well");
            harbour.over("1.0.0");

            harbour.visit("/exit");

            Harbour.until()
                    .until(() ->
                            harbour.events(Kind.INSTANCE_CHANGED).stream()
                                    .map(Event::fact)
                                    .map(Fact.InstanceChanged.class::cast)
                                    .anyMatch(f -> f.state().equals("unhealthy")));
            Harbour.until()
                    .until(() ->
                            harbour.alive().size() == 2
                                    && harbour.alive().stream()
                                            .allMatch(InstanceStore.Row::healthy));
            for (int i = 0; i < 10; i++) {
                assertThat(harbour.visit("/").body()).isEqualTo("1.0.0");
            }
        }
    }

    @Test
    void goingBackStartsARolloutOfTheVersionBefore() throws Exception {
        try (var harbour = new Harbour()) {
            harbour.publish("1.0.0", "well");
            harbour.over("1.0.0");
            harbour.publish("1.1.0", "well");
            harbour.judge("pass");
            harbour.over("1.1.0");

            try (var users = new Users(harbour, 4)) {
                var answer =
                        harbour.call(
                                "POST",
                                "/api/projects/shop/rollbacks",
                                "{\"service\":\"shop\",\"environment\":\"production\"}");
                assertThat(answer.statusCode()).isEqualTo(201);
                // Slow ones that are under way when the switch comes are finished by the old.
                for (int i = 0; i < 4; i++) {
                    assertThat(harbour.visit("/slow").statusCode()).isEqualTo(200);
                }
                Harbour.until().until(() -> harbour.visit("/").body().equals("1.0.0"));
                Harbour.until().until(() -> harbour.newest().state().over());
                assertThat(word(harbour.newest())).isEqualTo("completed");
                users.count(50);
                assertThat(users.failed()).isEmpty();
            }
        }
    }

    private static String word(Rollout rollout) {
        return rollout.outcome().orElseThrow().word();
    }

    private static Event last(Harbour harbour, Kind kind) {
        return harbour.events(kind).getLast();
    }

    /** Ends without stopping instances. */
    private record Leaving(Harbour harbour) implements AutoCloseable {
        @Override
        public void close() {
            harbour.leave();
        }
    }
}
