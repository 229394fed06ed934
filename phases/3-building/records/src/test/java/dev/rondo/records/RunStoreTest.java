package dev.rondo.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Journal;
import dev.rondo.kits.Databases;
import dev.rondo.store.Database;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SQL of runs on both databases. */
final class RunStoreTest {

    private static RunStore.NewRun wanted(String project) {
        return wanted(project, ".github/workflows/ci.yml");
    }

    private static RunStore.NewRun wanted(String project, String file) {
        return new RunStore.NewRun(
                project,
                file,
                "CI",
                "Change things",
                "push",
                new Run.Source("refs/heads/main", "a".repeat(40), true, "olga"),
                new Run.EventData("push", "{}"),
                Optional.empty());
    }

    private static RunJob job(Run run, String id, String state) {
        RunJob made = RunJob.waiting(run.id(), id, id, id, 0, List.of());
        return state.equals("queued") ? made.queued(id, id, "{}", 0) : made;
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void runGoesThroughItsStatesOnBothDatabases(Database database) {
        try (var store =
                Databases.open(
                        database, List.of("dev/rondo/journal/db", "dev/rondo/building/db"))) {
            var runs = new RunStore(new Journal(store));
            var jobs = new JobStore(runs);
            Run first = store.write(tx -> runs.queue(tx, wanted("shop"), List.of()));
            Run second = store.write(tx -> runs.queue(tx, wanted("shop"), List.of()));
            Run other = store.write(tx -> runs.queue(tx, wanted("blog"), List.of()));
            assertThat(List.of(first.number(), second.number(), other.number()))
                    .containsExactly(1L, 2L, 1L);
            RunJob job = job(first, "a", "queued");
            store.update(tx -> {
                jobs.put(tx.sql(), job);
                runs.start(tx, first);
                jobs.start(tx, first, job);
                var step = new RunStep("a", 1, "s", "Run x", "", "", "", 4, "", 1, 0);
                StepRows.save(tx.sql(), first.id(), step);
                StepRows.save(tx.sql(), first.id(), step);
                StepRows.annotations(
                        tx.sql(),
                        first.id(),
                        "a",
                        List.of(
                                new dev.rondo.jobs.Annotation(
                                        "error",
                                        "",
                                        "bad",
                                        new dev.rondo.jobs.Annotation.Place("a.js", 3, 0, 0, 0))));
                jobs.finish(tx, first, job, JobResult.of("success", ""));
                runs.finish(tx, first, "success", "", RunRows.jobs(tx.sql(), first.id()));
            });
            Optional<Run> read = store.read(sql -> RunRows.numbered(sql, "shop", 1));
            assertThat(read.orElseThrow().progress().outcome()).isEqualTo("success");
            List<Run> newestFirst =
                    store.read(sql -> RunRows.before(sql, "shop", Long.MAX_VALUE, 10));
            assertThat(newestFirst).extracting(Run::number).containsExactly(2L, 1L);
            List<Run> unfinished = store.read(sql -> RunRows.unfinished(sql));
            assertThat(unfinished).extracting(Run::id).containsExactly(second.id(), other.id());
            List<StepRows.Remark> remarks = store.read(sql -> StepRows.remarks(sql, first.id(), 5));
            assertThat(remarks)
                    .singleElement()
                    .satisfies(
                            remark -> assertThat(remark.annotation().place().line()).isEqualTo(3));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void attemptsShareANumberAndOnlyOneIsTheLatest(Database database) {
        try (var store =
                Databases.open(
                        database, List.of("dev/rondo/journal/db", "dev/rondo/building/db"))) {
            var runs = new RunStore(new Journal(store));
            Run first = store.write(tx -> runs.queue(tx, wanted("shop"), List.of()));
            var wanted = wanted("shop");
            var again =
                    new RunStore.NewRun(
                            wanted.project(),
                            wanted.file(),
                            wanted.name(),
                            wanted.title(),
                            "rerun",
                            wanted.source(),
                            wanted.event(),
                            Optional.of(new RunStore.Again(first, true)));
            Run second =
                    store.write(tx -> {
                        assertThat(RunStore.giveWay(tx.sql(), first)).isTrue();
                        assertThat(RunStore.giveWay(tx.sql(), first)).isFalse();
                        return runs.queue(tx, again, List.of());
                    });
            Run next = store.write(tx -> runs.queue(tx, wanted("shop"), List.of()));
            assertThat(List.of(second.number(), next.number())).containsExactly(1L, 2L);
            Run ofAnother =
                    store.write(tx -> runs.queue(tx, wanted("shop", "other.yml"), List.of()));
            assertThat(ofAnother.number()).isEqualTo(3);
            assertThat(List.of(second.ordinal(), next.ordinal(), ofAnother.ordinal()))
                    .containsExactly(1L, 2L, 1L);
            assertThat(second.turn()).isEqualTo(new Run.Turn(2, 2, first.id(), true, true));
            List<Run> attempts = store.read(sql -> RunRows.attempts(sql, "shop", 1));
            assertThat(attempts).extracting(Run::id).containsExactly(second.id(), first.id());
            assertThat(attempts.getLast().turn().latest()).isFalse();
            List<Run> listed = store.read(sql -> RunRows.before(sql, "shop", Long.MAX_VALUE, 10));
            assertThat(listed)
                    .extracting(Run::id)
                    .containsExactly(ofAnother.id(), next.id(), second.id());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void jobThatIsCutOffAgainAndAgainIsGivenUpInTheEnd(Database database) {
        try (var store =
                Databases.open(
                        database, List.of("dev/rondo/journal/db", "dev/rondo/building/db"))) {
            var runs = new RunStore(new Journal(store));
            var jobs = new JobStore(runs);
            Run run = store.write(tx -> runs.queue(tx, wanted("shop"), List.of()));
            store.update(tx -> jobs.put(tx.sql(), job(run, "a", "queued")));
            for (int attempt = 1; attempt <= JobStore.MOST_TRIES; attempt++) {
                String expected = attempt < JobStore.MOST_TRIES ? "queued" : "finished";
                store.update(tx -> {
                    RunJob job = RunRows.job(tx.sql(), run.id(), "a").orElseThrow();
                    jobs.start(tx, run, job);
                    jobs.interrupted(tx, run, RunRows.job(tx.sql(), run.id(), "a").orElseThrow());
                });
                Optional<RunJob> job = store.read(sql -> RunRows.job(sql, run.id(), "a"));
                assertThat(job.orElseThrow().state()).isEqualTo(expected);
            }
        }
    }
}
