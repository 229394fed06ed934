package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.engine.LogKeep;
import dev.rondo.joblogs.JobLogs;
import dev.rondo.records.Run;
import dev.rondo.store.Micros;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Old logs go: those of ended runs, each by the time of its own project, and no others. */
final class LogKeepTest {
    private static final Instant BOUND = Instant.parse("2026-01-01T00:00:00Z");
    private static final String UNKNOWN = "00000000-0000-7000-8000-000000000000";

    private final Yard yard = new Yard().start();
    private final JobLogs logs = new JobLogs(yard.spine.data());
    private final LogKeep keep = new LogKeep(yard.spine.store(), logs);

    @AfterEach
    void stop() {
        yard.close();
    }

    @Test
    void onlyLogsOfRunsThatEndedBeforeTheTimeOfTheirProjectGo() throws Exception {
        var old = run(1, "echo old");
        var young = run(2, "echo young");
        var elsewhere = run(3, "echo elsewhere");
        var running = running(4);
        Files.createDirectories(yard.spine.data().resolve("logs").resolve(UNKNOWN));
        ended(old, BOUND.minusMillis(1), "shop");
        ended(young, BOUND, "shop");
        ended(elsewhere, BOUND.minusSeconds(60), "other");
        long all = keep.bytes("shop");
        long ofOld = logs.bytes(old.id());
        assertThat(ofOld).isPositive().isLessThan(all);

        keep.expire(project -> project.equals("shop") ? BOUND : BOUND.minusSeconds(3600));

        assertThat(logs.runs())
                .containsExactlyInAnyOrder(young.id(), elsewhere.id(), running.id(), UNKNOWN);
        assertThat(keep.bytes("shop")).isGreaterThanOrEqualTo(all - ofOld);
        assertThat(yard.log(young, "a")).contains("young");
        assertThat(yard.log(elsewhere, "a")).contains("elsewhere");
        assertThat(yard.log(running, "a")).contains("began");
        yard.phase().orders().cancel(running, "olga");
        yard.finished(4);
    }

    private Run run(long number, String step) {
        yard.workflow("on: push\njobs: {a: {runs-on: x, steps: [{run: '" + step + "'}]}}\n");
        return yard.finished(number);
    }

    /** What is under way has no end yet, and that is before any bound. */
    private Run running(long number) {
        yard.workflow("on: push\njobs: {a: {runs-on: x, steps: [{run: 'echo began; sleep 60'}]}}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        yard.maybeRun(number)
                                .map(run -> yard.log(run, "a").contains("\nbegan"))
                                .orElse(false));
        return yard.run(number);
    }

    private void ended(Run run, Instant at, String project) {
        yard.spine
                .store()
                .update(tx ->
                        tx.sql()
                                .execute(
                                        "UPDATE building_runs SET finished_at = ?, project = ?"
                                                + " WHERE id = ?",
                                        Micros.of(at),
                                        project,
                                        run.id()));
    }
}
