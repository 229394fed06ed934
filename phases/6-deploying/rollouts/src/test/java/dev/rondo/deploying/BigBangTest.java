package dev.rondo.deploying;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Kind;
import dev.rondo.kits.machine.Scratch;
import dev.rondo.store.Database;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The old version is gone before the new one starts, and comes back if that one is ill. */
@Timeout(180)
class BigBangTest {

    private static final String DELIVERY =
            Harbour.DELIVERY.replace("strategy: canary", "strategy: big-bang");

    @Test
    void oldVersionIsGoneBeforeTheNewOneStartsAndNobodyServesInBetween() throws Exception {
        try (var harbour = new Harbour()) {
            publish(harbour, "1.0.0", "well", DELIVERY);
            harbour.over("1.0.0");

            try (var users = new Users(harbour, 4)) {
                users.count(20);
                publish(harbour, "1.1.0", "well", DELIVERY);
                assertThat(outcome(harbour.over("1.1.0"))).isEqualTo("completed");
                assertThat(users.count(20)).containsOnlyKeys("1.1.0");
                assertThat(users.failed()).isNotEmpty().allMatch(said -> said.startsWith("503"));
            }
            var ends =
                    harbour.events(Kind.INSTANCE_CHANGED).stream()
                            .filter(event -> stopped(event, "1.0.0"))
                            .map(Event::id)
                            .toList();
            assertThat(ends).hasSize(2);
            // Ids rise with time, those of events and of instances alike.
            assertThat(harbour.alive())
                    .hasSize(2)
                    .allMatch(InstanceStore.Row::healthy)
                    .allMatch(row -> ends.stream().allMatch(end -> row.id().compareTo(end) > 0));

            var answer =
                    harbour.call(
                            "POST",
                            "/api/projects/shop/rollbacks",
                            "{\"service\":\"shop\",\"environment\":\"production\"}");
            assertThat(answer.body()).contains("\"strategy\":\"big-bang\"");
            Harbour.until().until(() -> harbour.newest().state().over());
            assertThat(harbour.visit("/").body()).isEqualTo("1.0.0");
        }
    }

    @Test
    void versionThatIsIllGoesAndTheOldOneIsStartedAgain() throws Exception {
        try (var harbour = new Harbour()) {
            publish(harbour, "1.0.0", "well", DELIVERY);
            harbour.over("1.0.0");

            publish(
                    harbour,
                    "1.1.0",
                    "ill",
                    DELIVERY.replace("start-within: 8s", "start-within: 1s"));

            var over = harbour.over("1.1.0");
            assertThat(outcome(over)).isEqualTo("failed");
            assertThat(over.reason().key()).isEqualTo("deploying.reason.unhealthy");
            assertThat(harbour.visit("/").body()).isEqualTo("1.0.0");
            assertThat(harbour.alive())
                    .hasSize(2)
                    .allMatch(row -> row.version().equals("1.0.0") && row.healthy());
            assertThat(harbour.page(RolloutPages.path(over)).body())
                    .contains("Stop the old version")
                    .doesNotContain("Retire the old version");
        }
    }

    @Test
    void rondoThatEndsInTheGapBringsTheOldVersionBackWhenItIsTold() throws Exception {
        var data = Harbour.temporary();
        var patient = DELIVERY.replace("start-within: 8s", "start-within: 60s");
        var first = new Harbour(data, Database.Sqlite::new);
        try {
            publish(first, "1.0.0", "well", patient);
            first.over("1.0.0");
            publish(first, "1.1.0", "ill", patient);
            Harbour.until().until(() -> first.newest().state() instanceof RolloutState.Preparing);
            Harbour.until().until(() -> first.alive().stream().allMatch(row -> row.port() > 0));
        } finally {
            first.leave();
        }
        try (var harbour = new Harbour(data, Database.Sqlite::new)) {
            assertThat(harbour.visit("/").statusCode()).isEqualTo(503);

            var rollout = "/api/projects/shop/rollouts/" + harbour.newest().id();
            assertThat(harbour.call("DELETE", rollout, "").statusCode()).isEqualTo(200);

            assertThat(outcome(harbour.over("1.1.0"))).isEqualTo("aborted");
            assertThat(harbour.visit("/").body()).isEqualTo("1.0.0");
            assertThat(harbour.alive()).hasSize(2);
        }
    }

    @Test
    void oldVersionThatDoesNotComeBackIsSaidAndTheNextRolloutHelps() throws Exception {
        try (var harbour = new Harbour()) {
            publish(harbour, "1.0.0", "well", DELIVERY);
            var artifact = harbour.over("1.0.0").source().artifact();
            loseArtifact(harbour, artifact);

            publish(harbour, "1.1.0", "crash", DELIVERY);

            var over = harbour.over("1.1.0");
            assertThat(outcome(over)).isEqualTo("failed");
            assertThat(harbour.page(RolloutPages.path(over), "Accept-Language", "de").body())
                    .contains("Eine Instanz endete mit Code 3")
                    .contains("Auch die alte Version wird nicht wieder gesund: Das Artefakt");
            assertThat(harbour.visit("/").statusCode()).isEqualTo(503);

            publish(harbour, "1.2.0", "well", DELIVERY);
            assertThat(outcome(harbour.over("1.2.0"))).isEqualTo("completed");
            assertThat(harbour.visit("/").body()).isEqualTo("1.2.0");
        }
    }

    /** Its bytes, and its files but for what runs already. */
    private static void loseArtifact(Harbour harbour, String digest) throws java.io.IOException {
        var name = digest.substring(digest.indexOf(':') + 1);
        Scratch.delete(harbour.data.resolve("deploying/versions").resolve(name));
        Files.delete(harbour.spine.blobs().path(digest).orElseThrow());
    }

    private static void publish(Harbour harbour, String version, String mode, String delivery) {
        harbour.publish(version, mode, delivery, List.of("production"));
    }

    private static boolean stopped(Event event, String version) {
        var fact = (Fact.InstanceChanged) event.fact();
        return fact.version().equals(version) && fact.state().equals("stopped");
    }

    private static String outcome(Rollout rollout) {
        return rollout.outcome().orElseThrow().word();
    }
}
