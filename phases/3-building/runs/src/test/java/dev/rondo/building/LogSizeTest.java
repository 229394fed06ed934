package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.engine.LogKeep;
import dev.rondo.joblogs.JobLogs;
import dev.rondo.records.Run;
import dev.rondo.results.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logs go by their size, too: the oldest first. */
final class LogSizeTest {

    @Test
    void theLogsOfTheOldestRunsGoWhereThereAreTooMany() {
        try (var yard = new Yard().start()) {
            var runs = new ArrayList<Run>();
            for (int number = 1; number <= 3; number++) {
                yard.workflow(
                        "on: push\njobs: {a: {runs-on: x, steps: [{run: echo " + number + "}]}}\n");
                runs.add(yard.finished(number));
            }
            var logs = new JobLogs(yard.spine.data());
            var keep = new LogKeep(yard.spine.store(), logs);
            long all = keep.bytes(Yard.PROJECT);
            long oldest = logs.bytes(runs.getFirst().id());
            Instant later = Instant.now().plus(Duration.ofMinutes(1));

            keep.shrink(project -> Retention.ANY_SIZE, later);
            keep.shrink(project -> 1, Instant.now().minus(Duration.ofDays(1)));
            assertThat(logs.runs()).containsExactlyInAnyOrderElementsOf(ids(runs));

            keep.shrink(project -> all - oldest, later);
            assertThat(logs.runs()).containsExactlyInAnyOrderElementsOf(ids(runs.subList(1, 3)));
            keep.shrink(project -> 1, later);
            assertThat(logs.runs()).isEmpty();
        }
    }

    private static List<String> ids(List<Run> runs) {
        return runs.stream().map(Run::id).toList();
    }
}
