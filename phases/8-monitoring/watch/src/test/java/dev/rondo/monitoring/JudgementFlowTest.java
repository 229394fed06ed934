package dev.rondo.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Kind;
import dev.rondo.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From the question in the journal to the answer in the journal, with traffic that is counted. */
class JudgementFlowTest {

    private static final Fact.JudgementRules RULES =
            new Fact.JudgementRules(100, 60, 0.01, 2, 0.95);

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aBrokenCandidateFailsAndAMendedOnePasses(Database database) {
        try (var rig = new Rig(database, folder)) {
            rig.deployed("1.0.0");
            try (var users = new Users(rig, "1.0.0", "1.1.0", 0.2, "/api/cart")) {
                var asked = rig.askForJudgement("1.0.0", "1.1.0", RULES);
                var given = given(rig, 1);
                assertThat(given.verdict()).isEqualTo("fail");
                assertThat(given.worstRoute()).isEqualTo("/api/cart");
                assertThat(given.worstRouteErrorRatio()).isBetween(0.05, 0.6);
                assertThat(given.candidateSample().errors()).isPositive();
                assertThat(given.stableSample().errors()).isZero();
                assertThat(given.stableSample().requests())
                        .isGreaterThan(given.candidateSample().requests());
                assertThat(given.candidateSample().p95()).isBetween(0.001, 0.1);
                assertThat(given.reasons()).isNotEmpty().noneMatch(r -> r.contains("{"));
                var event = rig.events(Kind.JUDGEMENT_GIVEN).getFirst();
                assertThat(event.causes()).containsExactly(asked.seq());
                assertThat(event.subject()).isEqualTo(Rig.ROLLOUT);
                assertThat(users).isNotNull();
            }
            try (var users = new Users(rig, "1.0.0", "1.1.1", 0.2, "")) {
                rig.askForJudgement("1.0.0", "1.1.1", RULES);
                var given = given(rig, 2);
                assertThat(given.verdict()).isEqualTo("pass");
                assertThat(given.candidateSample().requests()).isGreaterThanOrEqualTo(100);
                assertThat(users).isNotNull();
            }
        }
    }

    private static Fact.JudgementGiven given(Rig rig, int count) {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> rig.events(Kind.JUDGEMENT_GIVEN).size() >= count);
        return (Fact.JudgementGiven) rig.events(Kind.JUDGEMENT_GIVEN).getLast().fact();
    }

    @Test
    void withoutTrafficItEndsInconclusiveWhenTimeIsUp() {
        try (var rig = new Rig(dev.rondo.kits.Databases.sqlite(), folder)) {
            rig.askForJudgement("1.0.0", "1.1.0", new Fact.JudgementRules(10, 1, 0.01, 2, 0.95));
            assertThat(given(rig, 1).verdict()).isEqualTo("inconclusive");
        }
    }

    @Test
    void aJudgementGoesOnAfterARestartWithWhatItHadSeen() {
        var database = dev.rondo.kits.Databases.sqlite();
        var rules = new Fact.JudgementRules(100, 60, 0.01, 2, 0.95);
        try (var rig = new Rig(database, folder)) {
            rig.askForJudgement("1.0.0", "1.1.0", rules);
            for (int i = 0; i < 90; i++) {
                rig.answered("1.0.0", "/", "2xx", 0.003);
                rig.answered("1.1.0", "/", "2xx", 0.003);
            }
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() ->
                            assertThat(rig.get("/api/projects/shop/monitoring/judgements").body())
                                    .contains("\"requests\":90"));
            assertThat(rig.events(Kind.JUDGEMENT_GIVEN)).isEmpty();
        }
        // The counters of the new process begin again at zero.
        try (var rig = new Rig(database, folder)) {
            for (int i = 0; i < 15; i++) {
                rig.answered("1.0.0", "/", "2xx", 0.003);
                rig.answered("1.1.0", "/", "2xx", 0.003);
            }
            var given = given(rig, 1);
            assertThat(given.verdict()).isEqualTo("pass");
            assertThat(given.candidateSample().requests()).isEqualTo(105);
            assertThat(given.stableSample().requests()).isEqualTo(105);
        }
    }

    @Test
    void timeWithoutAServerIsNotHeldAgainstTheCandidate() {
        var database = dev.rondo.kits.Databases.sqlite();
        try (var rig = new Rig(database, folder)) {
            rig.askForJudgement("1.0.0", "1.1.0", new Fact.JudgementRules(20, 30, 0.01, 2, 0.95));
            long hour = 3_600_000_000L;
            rig.store.update(tx ->
                    tx.sql().execute("UPDATE monitoring_judgement SET since = since - " + hour));
        }
        try (var rig = new Rig(database, folder)) {
            for (int i = 0; i < 25; i++) {
                rig.answered("1.0.0", "/", "2xx", 0.003);
                rig.answered("1.1.0", "/", "2xx", 0.003);
            }
            assertThat(given(rig, 1).verdict()).isEqualTo("pass");
        }
    }

    @Test
    void aRolloutThatEndsFirstWithdrawsItsJudgement() {
        try (var rig = new Rig(dev.rondo.kits.Databases.sqlite(), folder)) {
            rig.askForJudgement("1.0.0", "1.1.0", RULES);
            rig.tell(
                    Rig.ROLLOUT,
                    new Fact.RolloutFinished(
                            "r1", "shop", "production", "1.1.0", "aborted", "by hand"));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() ->
                            assertThat(rig.get("/api/projects/shop/monitoring/judgements").body())
                                    .contains("\"state\":\"withdrawn\""));
            assertThat(rig.events(Kind.JUDGEMENT_GIVEN)).isEmpty();
        }
    }
}
