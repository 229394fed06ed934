package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Outcome;
import dev.rondo.engine.Orders;
import dev.rondo.engine.Rerun;
import dev.rondo.records.Run;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order in which jobs get the only place. */
final class RepairTest {

    private static String workflow(String script) {
        return "on: push\njobs: {a: {runs-on: x, steps: [{run: '" + script + "'}]}}\n";
    }

    @Test
    void whoRepairsTheDefaultBranchGoesFirst(@TempDir Path data) {
        try (var yard = new Yard(data, 1).start()) {
            yard.workflow(workflow("test $GITHUB_RUN_ATTEMPT = 2"));
            Run broken = yard.finished(1);
            assertThat(broken.progress().outcome()).isEqualTo("failure");
            yard.workflow(workflow("true"));
            Run fine = yard.finished(2);
            yard.workflow(workflow("sleep 100"));
            awaitRunning(yard, 3);
            Orders orders = yard.phase().orders();
            assertThat(orders.rerun(fine, Rerun.ALL, "olga")).isInstanceOf(Outcome.Done.class);
            awaitQueued(yard, 2);
            assertThat(orders.rerun(broken, Rerun.ALL, "olga")).isInstanceOf(Outcome.Done.class);
            awaitQueued(yard, 1);

            assertThat(orders.force(yard.run(3), "olga")).isInstanceOf(Outcome.Done.class);

            Run repaired = yard.finished(1);
            assertThat(repaired.progress().outcome()).isEqualTo("success");
            assertThat(yard.job(repaired, "a").startedAt())
                    .isLessThan(yard.job(yard.finished(2), "a").startedAt());
        }
    }

    private static void awaitRunning(Yard yard, long number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        yard.maybeRun(number)
                                .map(run -> yard.job(run, "a").startedAt() > 0)
                                .orElse(false));
    }

    /** The second attempt waits for its place. */
    private static void awaitQueued(Yard yard, long number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        yard.maybeRun(number)
                                .filter(run -> run.attempt() == 2)
                                .map(run -> yard.job(run, "a").gate().readyAt() > 0)
                                .orElse(false));
    }
}
