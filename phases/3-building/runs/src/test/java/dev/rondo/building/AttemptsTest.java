package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Outcome;
import dev.rondo.engine.Orders;
import dev.rondo.engine.Rerun;
import dev.rondo.kits.ground.Surf;
import dev.rondo.records.Run;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs that go again keep their number; their attempts are counted, shown, and deleted. */
final class AttemptsTest {
    private static final String ACTIONS = "/api/v3/repos/rondo/shop/actions";
    private static final String RUNS = "/projects/shop/building/runs";
    private Yard yard;
    private Surf surf;

    @BeforeEach
    void start() {
        yard = new Yard().start();
        surf = new Surf(yard.spine, yard.web);
    }

    @AfterEach
    void stop() {
        yard.web.stop();
        yard.close();
    }

    private JsonNode json(String path) {
        return JsonMapper.shared().readTree(surf.get(ACTIONS + path));
    }

    private Run failsFirst() {
        yard.workflow(
                """
                on: push
                jobs:
                  good: {runs-on: x, steps: [{run: 'echo fine in $GITHUB_RUN_ATTEMPT'}]}
                  flaky:
                    needs: good
                    runs-on: x
                    steps:
                      - name: Try
                        run: |
                          echo "attempt $GITHUB_RUN_ATTEMPT of $GITHUB_RUN_ID debug ${{ runner.debug }}"
                          test "$GITHUB_RUN_ATTEMPT" = 2
                """);
        return yard.finished(1);
    }

    @Test
    void everyAttemptOfARunCanBeSeenByPageAndInterface() {
        Run first = failsFirst();
        long failed = json("/runs/1/jobs").at("/jobs/1/id").asLong();
        surf.post(ACTIONS + "/runs/1/rerun-failed-jobs", "{\"enable_debug_logging\": true}", 201);
        Run second = yard.finished(1);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(yard.log(second, "flaky")).contains("attempt 2 of 1 debug 1");
        assertThat(yard.maybeRun(2)).isEmpty();

        JsonNode run = json("/runs/1");
        assertThat(run.path("run_attempt").asInt()).isEqualTo(2);
        assertThat(run.path("conclusion").asString()).isEqualTo("success");
        assertThat(run.path("previous_attempt_url").asString()).endsWith("/runs/1/attempts/1");
        assertThat(json("/runs/1/attempts/1").path("conclusion").asString()).isEqualTo("failure");
        assertThat(json("/runs/1/attempts/1/jobs").at("/jobs/1/id").asLong()).isEqualTo(failed);
        assertThat(json("/runs/1/jobs?filter=all").path("total_count").asInt()).isEqualTo(4);
        assertThat(json("/runs").path("total_count").asInt()).isEqualTo(1);
        assertThat(surf.get(ACTIONS + "/jobs/" + failed + "/logs")).contains("attempt 1 of 1");
        surf.expect(404, "GET", ACTIONS + "/runs/1/attempts/3", "");

        assertThat(surf.get(RUNS + "/1"))
                .contains("Attempt #2", RUNS + "/1/attempts/1", RUNS + "/1/reruns");
        assertThat(surf.get(RUNS + "/1/attempts/1"))
                .contains("Attempt #1", RUNS + "/1/attempts/1/jobs/flaky")
                .doesNotContain("/reruns\"");
        assertThat(surf.get(RUNS + "/1/attempts/1/jobs/flaky/text")).contains("attempt 1 of 1");
        // what was kept leads to where it ran
        assertThat(surf.get(RUNS + "/1")).contains(RUNS + "/" + first.id() + "/jobs/good");
        assertThat(surf.get(RUNS + "/" + first.id() + "/jobs/good/text")).contains("fine in 1");
    }

    @Test
    void anAttemptThatIsNotTheLatestIsNotRunAgain() {
        Run first = failsFirst();
        Orders orders = yard.phase().orders();
        assertThat(orders.rerun(first, Rerun.ALL, "olga")).isInstanceOf(Outcome.Done.class);
        yard.finished(1);
        assertThat(orders.rerun(first, Rerun.ALL, "olga")).isInstanceOf(Outcome.Refused.class);
        long number = json("/runs/1/jobs").at("/jobs/0/id").asLong();
        surf.post(ACTIONS + "/jobs/" + number + "/rerun", "{}", 201);
        assertThat(yard.finished(1).attempt()).isEqualTo(3);
    }

    @Test
    void aRunIsRepeatedFiftyTimesAndForThirtyDays() {
        failsFirst();
        long day = Duration.ofDays(1).toMillis() * 1000;
        change("queued_at = queued_at - ?", 31 * day);
        assertThat(surf.expect(403, "POST", ACTIONS + "/runs/1/rerun", ""))
                .contains("began more than 30 days ago");
        change("queued_at = queued_at + ?", 2 * day);
        change("attempt = ?", 51);
        assertThat(surf.expect(403, "POST", ACTIONS + "/runs/1/rerun", ""))
                .contains("was repeated 50 times");
        change("attempt = ?", 50);
        surf.post(ACTIONS + "/runs/1/rerun", "", 201);
        assertThat(yard.finished(1).attempt()).isEqualTo(51);
    }

    private void change(String what, long by) {
        yard.spine.store().update(tx -> tx.sql().execute("UPDATE building_runs SET " + what, by));
    }

    @Test
    void logsOfARunComeByJobAndByStep() throws IOException {
        failsFirst();
        var files = new TreeMap<String, String>();
        byte[] zip = surf.bytes("GET", ACTIONS + "/runs/1/attempts/1/logs", "").body();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(files)
                .containsKeys("0_good.txt", "1_flaky.txt", "flaky/1_Set up job.txt")
                .containsKey("flaky/2_Try.txt");
        assertThat(files.get("flaky/2_Try.txt")).contains("attempt 1 of 1");
        JsonNode steps = json("/runs/1/jobs").at("/jobs/1/steps");
        assertThat(steps.path(0).path("name").asString()).isEqualTo("Set up job");
        assertThat(steps.path(1).path("name").asString()).isEqualTo("Try");
        assertThat(steps.path(1).path("number").asInt()).isEqualTo(2);
    }

    @Test
    void logsAndRunsAreDeletedWithAllTheirAttempts() {
        Run first = failsFirst();
        surf.post(ACTIONS + "/runs/1/rerun", "", 201);
        Run second = yard.finished(1);
        surf.expect(204, "DELETE", ACTIONS + "/runs/1/logs", "");
        for (Run attempt : List.of(first, second)) {
            assertThat(yard.data.resolve("building/logs").resolve(attempt.id())).doesNotExist();
        }
        surf.expect(404, "GET", ACTIONS + "/runs/1/logs", "");
        surf.get(RUNS + "/1/jobs/flaky");
        surf.expect(204, "DELETE", ACTIONS + "/runs/1", "");
        surf.expect(404, "GET", ACTIONS + "/runs/1", "");
        surf.expect(404, "GET", RUNS + "/" + first.id(), "");
        assertThat(Files.isDirectory(yard.data.resolve("building/logs").resolve(first.id())))
                .isFalse();
        assertThat(yard.events())
                .extracting(event -> event.fact().toString())
                .anyMatch(fact -> fact.contains("run.logs.deleted"))
                .anyMatch(fact -> fact.contains("run.deleted"));
        // the next run does not take the number of the deleted one
        yard.push("main", Map.of("a.txt", "a"));
        assertThat(yard.finished(2).number()).isEqualTo(2);
    }

    @Test
    void aRunningRunIsNeitherDeletedNorRunAgain() {
        yard.workflow("on: push\njobs: {a: {runs-on: nowhere, steps: [{run: 'true'}]}}\n");
        org.awaitility.Awaitility.await().until(() -> yard.maybeRun(1).isPresent());
        assertThat(surf.expect(403, "DELETE", ACTIONS + "/runs/1", ""))
                .contains("Run #1 has not ended yet.");
        surf.expect(403, "DELETE", ACTIONS + "/runs/1/logs", "");
        surf.post(ACTIONS + "/runs/1/rerun", "", 403);
        yard.phase().orders().cancel(yard.run(1), "olga");
        yard.finished(1);
    }

    @Test
    void listsArePagedAndFilteredAsOnGithub() {
        failsFirst();
        for (int i = 2; i < 5; i++) {
            yard.push("main", Map.of("a.txt", "a" + i));
            yard.finished(i);
        }
        var page = surf.bytes("GET", ACTIONS + "/runs?per_page=2&branch=main&page=1", "");
        String links = page.headers().firstValue("Link").orElse("");
        assertThat(links)
                .contains("/actions/runs?per_page=2&branch=main&page=2>; rel=\"next\"")
                .contains("page=2>; rel=\"last\"")
                .doesNotContain("prev");
        assertThat(surf.bytes("GET", ACTIONS + "/runs?per_page=4", "").headers().map())
                .doesNotContainKey("link");
        assertThat(json("/runs?created=%3E%3D2026-01-01").path("total_count").asInt()).isEqualTo(4);
        assertThat(json("/runs?created=%3C2026-01-01").path("total_count").asInt()).isZero();
        assertThat(json("/runs?created=2020-01-01..*").path("total_count").asInt()).isEqualTo(4);
        assertThat(json("/runs?status=completed&actor=olga&event=push").path("total_count").asInt())
                .isEqualTo(4);
        assertThat(json("/runs?actor=nobody").path("total_count").asInt()).isZero();
        surf.expect(422, "GET", ACTIONS + "/runs?created=yesterday", "");
    }
}
