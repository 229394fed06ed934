package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Outcome;
import dev.rondo.engine.Orders;
import dev.rondo.engine.Rerun;
import dev.rondo.engine.Reviews;
import dev.rondo.engine.Workshop;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.settings.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs that wait for something else than their needs, also across the end of Rondo. */
final class WaitingTest {
    private static final String GATED =
            """
            on: push
            jobs:
              ship:
                runs-on: x
                environment: {name: Prod, url: "https://example.org/${{ github.sha }}"}
                steps:
                  - run: |
                      test "${{ secrets.KEY }}" = of-prod && echo the right key
                      echo "${{ vars.PLACE }} ${{ vars.OTHER }}"
            """;
    private Yard yard = new Yard().start();

    @AfterEach
    void close() {
        yard.close();
    }

    private Orders orders() {
        return yard.phase().orders();
    }

    private Workshop shop() {
        return yard.phase().shop();
    }

    private void again() {
        yard.kill();
        yard = new Yard(yard.data, List.of());
        yard.start();
    }

    private String waits(long number, String job) {
        return yard.maybeRun(number)
                .flatMap(run ->
                        yard.jobs(run).stream().filter(one -> one.id().equals(job)).findFirst())
                .map(row -> row.gate().waits().kind())
                .orElse("");
    }

    private void awaitWaits(long number, String job, String kind) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> waits(number, job).equals(kind));
    }

    private void awaitLog(long number, String job, String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        yard.maybeRun(number)
                                .map(run -> yard.log(run, job).contains("\n" + text))
                                .orElse(false));
    }

    private void protect(List<String> reviewers, boolean noSelf, int minutes) {
        shop().settings().environments().create(Yard.PROJECT, "Prod", "olga");
        shop().settings()
                .environments()
                .save(
                        Yard.PROJECT,
                        new Environment(
                                "prod", "Prod", reviewers, noSelf, false, minutes, List.of()),
                        "olga");
    }

    private Outcome<Run> say(long number, String verdict, String by) {
        return orders().reviews()
                .say(
                        yard.run(number),
                        new Reviews.Said(List.of("PROD"), verdict, "looks good", by, false));
    }

    @Test
    void protectedJobWaitsForItsReviewAlsoWhenRondoEnds() {
        protect(List.of("rita"), true, 0);
        assertThat(shop().settings().secrets().put(Yard.PROJECT, "KEY", "of-project", "olga"))
                .isEmpty();
        assertThat(shop().settings().secrets().put(Yard.PROJECT, "prod", "KEY", "of-prod", "olga"))
                .isEmpty();
        assertThat(shop().settings().variables().put(Yard.PROJECT, "", "PLACE", "project", "olga"))
                .isEmpty();
        assertThat(shop().settings().variables().put(Yard.PROJECT, "", "OTHER", "kept", "olga"))
                .isEmpty();
        assertThat(shop().settings().variables().put(Yard.PROJECT, "prod", "PLACE", "prod", "olga"))
                .isEmpty();
        yard.workflow(GATED);
        awaitWaits(1, "ship", "approval");
        assertThat(say(1, "approved", "olga")).isInstanceOf(Outcome.Refused.class);
        again();
        awaitWaits(1, "ship", "approval");
        assertThat(say(1, "approved", "rita")).isInstanceOf(Outcome.Done.class);
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).as(yard.log(run, "ship")).isEqualTo("success");
        assertThat(yard.log(run, "ship")).contains("the right key").contains("prod kept");
        assertThat(yard.job(run, "ship").tries()).isEqualTo(1);
        assertThat(yard.events().stream().map(Event::fact))
                .filteredOn(Fact.AuditRecorded.class::isInstance)
                .extracting(fact -> ((Fact.AuditRecorded) fact).action())
                .contains("deployment.approved");
        assertThat(say(1, "approved", "rita")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void rejectedJobFailsInGitHubsWords() {
        protect(List.of("rita"), false, 0);
        yard.workflow(GATED);
        awaitWaits(1, "ship", "approval");
        assertThat(say(1, "rejected", "rita")).isInstanceOf(Outcome.Done.class);
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).isEqualTo("failure");
        assertThat(yard.job(run, "ship").message())
                .startsWith("The deployment was rejected or didn't satisfy other protection rules.")
                .contains("rita: looks good");
    }

    @Test
    void timerGoesOnWhileRondoIsAway() {
        protect(List.of(), false, 1);
        yard.workflow(GATED);
        awaitWaits(1, "ship", "timer");
        yard.spine
                .store()
                .update(tx ->
                        tx.sql()
                                .execute(
                                        "UPDATE building_jobs SET ready_at = ready_at - 60000000"));
        again();
        assertThat(yard.finished(1).finished()).isTrue();
        assertThat(yard.job(yard.run(1), "ship").tries()).isEqualTo(1);
    }

    @Test
    void jobForNobodyWaitsWithAReasonAndCanBeCancelled() {
        yard.workflow(
                "on: push\njobs: {a: {runs-on: [self-hosted, moon], steps: [{run: 'true'}]}}\n");
        awaitWaits(1, "a", "labels");
        assertThat(yard.job(yard.run(1), "a").gate().waits().args())
                .containsExactly("self-hosted, moon");
        assertThat(orders().cancel(yard.run(1), "olga")).isInstanceOf(Outcome.Done.class);
        assertThat(yard.finished(1).progress().outcome()).isEqualTo("cancelled");
    }

    private static String grouped(String group, String cancel, String step) {
        return """
        on: push
        concurrency: {group: "%s", cancel-in-progress: %s}
        jobs: {a: {runs-on: x, steps: [{run: '%s'}]}}
        """
                .formatted(group, cancel, step);
    }

    @Test
    void oneRunOfAGroupGoesOnAndOneWaitsAcrossARestart() {
        yard.workflow(grouped("Deploy", "false", "echo began; sleep 3"));
        awaitLog(1, "a", "began");
        yard.workflow(grouped("deploy", "false", "echo second"));
        Awaitility.await()
                .until(() -> yard.maybeRun(2).map(Run::standing).orElse("").equals("pending"));
        yard.workflow(grouped("DEPLOY", "false", "echo third"));
        Run second = yard.finished(2);
        assertThat(second.progress().outcome()).isEqualTo("cancelled");
        assertThat(second.progress().message())
                .isEqualTo("Canceling since a higher priority waiting request for 'DEPLOY' exists");
        assertThat(yard.run(3).progress().waits().args()).containsExactly("DEPLOY", "#1");
        again();
        Run third = yard.finished(3);
        assertThat(third.progress().outcome()).isEqualTo("success");
        Run first = yard.run(1);
        assertThat(first.progress().outcome()).isEqualTo("success");
        assertThat(third.progress().startedAt())
                .isGreaterThanOrEqualTo(first.progress().finishedAt());
    }

    @Test
    void newerRunCancelsTheOlderWhereItSaysSo() {
        yard.workflow(grouped("ci-${{ github.ref }}", "true", "echo began; sleep 60"));
        awaitLog(1, "a", "began");
        yard.workflow(grouped("ci-${{ github.ref }}", "\"${{ github.ref != 0 }}\"", "echo newer"));
        Run first = yard.finished(1);
        assertThat(first.progress().outcome()).isEqualTo("cancelled");
        assertThat(first.progress().message()).contains("higher priority waiting request");
        assertThat(yard.finished(2).progress().outcome()).isEqualTo("success");
    }

    @Test
    void jobThatWantsTheGroupOfItsOwnRunIsADeadlock() {
        yard.workflow(
                """
                on: push
                concurrency: same
                jobs: {a: {runs-on: x, concurrency: Same, steps: [{run: 'true'}]}}
                """);
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).isEqualTo("cancelled");
        assertThat(yard.job(run, "a").message())
                .isEqualTo(
                        "Canceling since a deadlock for concurrency group 'Same' was detected"
                                + " between 'top level workflow' and 'a'");
    }

    @Test
    void cancelledRunKeepsWhatAsksForItUntilItIsForced() {
        yard.workflow(
                """
                on: push
                jobs:
                  a:
                    runs-on: x
                    steps: [{run: "echo began; sleep 60"}]
                  stubborn:
                    if: always()
                    runs-on: x
                    steps: [{run: "echo began; sleep 60"}]
                """);
        awaitLog(1, "a", "began");
        awaitLog(1, "stubborn", "began");
        orders().cancel(yard.run(1), "olga");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> yard.job(yard.run(1), "a").finished());
        assertThat(yard.job(yard.run(1), "stubborn").state()).isEqualTo("running");
        orders().cancel(yard.run(1), "olga");
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).isEqualTo("cancelled");
        assertThat(yard.job(run, "stubborn").outcome()).isEqualTo("cancelled");
    }

    @Test
    void partOfACalledWorkflowRunsAgainWithTheRestKept() {
        yard.push(
                "main",
                Map.of(
                        ".github/workflows/ci.yml",
                        """
                        on: push
                        jobs:
                          lib: {uses: ./.github/workflows/lib.yml}
                          apart: {runs-on: x, steps: [{run: echo apart}]}
                          after:
                            needs: lib
                            runs-on: x
                            steps: [{run: "echo got ${{ needs.lib.outputs.v }}"}]
                        """,
                        ".github/workflows/lib.yml",
                        """
                        on: {workflow_call: {outputs: {v: {value: "${{ jobs.good.outputs.v }}"}}}}
                        jobs:
                          good:
                            runs-on: x
                            outputs: {v: "${{ steps.s.outputs.v }}"}
                            steps: [{id: s, run: 'echo v=42 >> "$GITHUB_OUTPUT"'}]
                          each:
                            needs: good
                            runs-on: x
                            strategy: {fail-fast: false, matrix: {n: [1, 2]}}
                            steps: [{run: 'test ${{ matrix.n }} = 1 || test ${{ github.run_attempt }} -gt 1'}]
                        """));
        Run first = yard.finished(1);
        assertThat(first.progress().outcome()).isEqualTo("failure");
        assertThat(orders().rerun(first, Rerun.FAILED, "rita")).isInstanceOf(Outcome.Done.class);
        Run second = yard.finished(1);
        assertThat(second.progress().outcome())
                .as(second.progress().message())
                .isEqualTo("success");
        assertThat(second.source().actor()).isEqualTo("olga");
        assertThat(second.startedBy()).isEqualTo("rita");
        assertThat(yard.log(second, "after")).contains("got 42");
        assertThat(yard.job(second, "lib.each-2").tries()).isEqualTo(1);
        for (String kept : List.of("lib.good", "lib.each-1", "apart")) {
            assertThat(yard.job(second, kept).gate().origin()).as(kept).isEqualTo(first.id());
        }
        assertThat(orders().rerun(second, Rerun.of("lib.good"), "olga"))
                .isInstanceOf(Outcome.Done.class);
        Run third = yard.finished(1);
        assertThat(third.progress().outcome()).isEqualTo("success");
        assertThat(yard.job(third, "lib.each-1").gate().origin()).isEmpty();
        assertThat(yard.job(third, "apart").gate().origin()).isEqualTo(first.id());
        assertThat(yard.log(third, "after")).contains("got 42");
        assertThat(orders().rerun(third, Rerun.FAILED, "olga")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void atMostSoManyOfAMatrixRunAtOnceAndAllowedFailuresAreTheirOwnStanding() {
        yard.workflow(
                """
                on: push
                jobs:
                  a:
                    runs-on: "${{ matrix.n == 1 && 'x' || 'ubuntu-latest' }}"
                    continue-on-error: ${{ matrix.n == 2 }}
                    strategy: {max-parallel: "${{ fromJSON('1') }}", matrix: {n: [1, 2, 3]}}
                    steps: [{run: 'test ${{ matrix.n }} != 2'}]
                """);
        Run run = yard.finished(1);
        assertThat(run.standing()).isEqualTo("tolerated");
        assertThat(run.progress().outcome()).isEqualTo("success");
        List<RunJob> jobs = yard.jobs(run);
        assertThat(jobs).extracting(RunJob::allowed).containsExactly(false, true, false);
        assertThat(jobs.get(1).startedAt()).isGreaterThanOrEqualTo(jobs.get(0).finishedAt());
        assertThat(jobs.get(2).startedAt()).isGreaterThanOrEqualTo(jobs.get(1).finishedAt());
        assertThat(jobs.getFirst().gate().labels()).containsExactly("x");
    }
}
