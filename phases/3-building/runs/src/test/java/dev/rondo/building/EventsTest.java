package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Outcome;
import dev.rondo.access.Project;
import dev.rondo.access.Projects;
import dev.rondo.actions.Value;
import dev.rondo.git.RefUpdate;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.records.Run;
import dev.rondo.records.RunRows;
import dev.rondo.store.Micros;
import dev.rondo.triggers.Dispatches;
import dev.rondo.triggers.ScheduleRow;
import dev.rondo.triggers.ScheduleRows;
import dev.rondo.triggers.WorkflowRow;
import dev.rondo.triggers.WorkflowRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What makes runs begin, from facts in a real journal to the context that a job reads. */
final class EventsTest {
    private final Yard yard = new Yard().start();

    @AfterEach
    void close() {
        yard.close();
    }

    private void tell(String kind, Object id, String actor, Fact fact) {
        yard.spine
                .store()
                .update(tx ->
                        yard.spine
                                .journal()
                                .append(
                                        tx,
                                        new Draft(
                                                Yard.PROJECT,
                                                Subject.of(kind, String.valueOf(id)),
                                                actor,
                                                fact)));
    }

    private List<Run> runs() {
        return yard.spine.store().read(sql -> RunRows.above(sql, Yard.PROJECT, 0, 100));
    }

    /** Waits until all runs have ended and nothing that they said starts another. */
    private void quiet() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    List<Run> before = runs();
                    return before.stream().allMatch(Run::finished)
                            && yard.heardAll()
                            && runs().size() == before.size();
                });
    }

    private static String echo(String on, String name, String what) {
        return """
        name: %s
        on: %s
        jobs:
          j:
            runs-on: x
            steps: [{run: 'echo "%s"'}]
        """
                .formatted(name, on, what);
    }

    private Project project() {
        return yard.spine.store().read(sql -> Projects.find(sql, Yard.PROJECT)).orElseThrow();
    }

    @Test
    void workItemsStartWorkflowsOfTheDefaultBranchByTheirTypes() {
        yard.push(
                "main",
                Map.of(
                        ".github/workflows/opened.yml",
                        echo(
                                "{issues: {types: [opened]}}",
                                "Opened",
                                "${{ github.event.action }} ${{ github.event.issue.title }} ${{ github.ref }} ${{ github.event_name }}"),
                        ".github/workflows/labeled.yml",
                        echo(
                                "{issues: {types: [labeled]}}",
                                "Labeled",
                                "${{ github.event.label.name }}"),
                        ".github/workflows/comment.yml",
                        echo("issue_comment", "Comment", "${{ github.event.comment.body }}")));
        tell("ticket", 7, "olga", new Fact.TicketCreated(7, "bug", "Broken", "backlog", List.of()));
        Run opened = yard.finished(1);
        assertThat(yard.log(opened, "j")).contains("opened Broken refs/heads/main issues");
        assertThat(opened.title()).isEqualTo("Broken");
        assertThat(opened.source().defaultBranch()).isFalse();
        tell("ticket", 7, "olga", new Fact.TicketUpdated(7, Map.of("labels", "red, green")));
        tell("ticket", 7, "olga", new Fact.TicketCommented(7, "Look here"));
        tell("ticket", 7, "github-actions[bot]", new Fact.TicketCommented(7, "A robot's"));
        quiet();
        assertThat(runs())
                .extracting(Run::name)
                .containsExactly("Opened", "Labeled", "Labeled", "Comment");
        assertThat(yard.log(runs().getLast(), "j")).contains("Look here");
    }

    @Test
    void branchesAndTagsAreCreatedAndDeleted() {
        yard.push(
                "main",
                Map.of(
                        ".github/workflows/ref.yml",
                        echo(
                                "[create, delete]",
                                "Ref",
                                "${{ github.event_name }} ${{ github.event.ref }} ${{ github.ref }}")));
        yard.push(
                "topic",
                Map.of(
                        ".github/workflows/ref.yml",
                        echo("create", "Ref", "made ${{ github.ref_name }}")));
        String gone = yard.repository().resolve("topic").orElseThrow();
        tell(
                "change",
                gone,
                "olga",
                new Fact.ChangePushed(
                        Yard.PROJECT,
                        "refs/heads/topic",
                        gone,
                        RefUpdate.NONE,
                        false,
                        false,
                        List.of()));
        quiet();
        // the first push made main itself
        assertThat(runs())
                .extracting(run -> run.event().name() + " " + run.source().ref())
                .containsExactly(
                        "create refs/heads/main",
                        "create refs/heads/topic",
                        "delete refs/heads/main");
        assertThat(yard.log(runs().get(1), "j")).contains("made topic");
        assertThat(yard.log(runs().get(2), "j")).contains("delete topic refs/heads/main");
    }

    @Test
    void runsFollowRunsThreeLevelsDeep() {
        var files = new java.util.TreeMap<String, String>();
        files.put(".github/workflows/a.yml", echo("push", "A", "first"));
        for (String[] pair : new String[][] {{"A", "B"}, {"B", "C"}, {"C", "D"}, {"D", "E"}}) {
            files.put(
                    ".github/workflows/" + pair[1] + ".yml",
                    echo(
                            "{workflow_run: {workflows: [%s], types: [completed], branches: [main]}}"
                                    .formatted(pair[0]),
                            pair[1],
                            "after ${{ github.event.workflow_run.name }}: ${{ github.event.workflow_run.conclusion }}"));
        }
        yard.push("main", files);
        yard.push("side", files);
        quiet();
        assertThat(runs().stream().filter(run -> !run.name().equals("A")))
                .extracting(Run::name)
                .containsExactly("B", "C", "D");
        assertThat(runs().stream().filter(run -> run.name().equals("A"))).hasSize(2);
        Run last = runs().stream().filter(run -> run.name().equals("D")).findFirst().orElseThrow();
        assertThat(yard.log(last, "j")).contains("after C: success");
    }

    @Test
    void dispatchFromOutsideReachesThoseWhoListenToItsType() {
        yard.push(
                "main",
                Map.of(
                        ".github/workflows/a.yml",
                        echo(
                                "{repository_dispatch: {types: [deploy]}}",
                                "A",
                                "${{ github.event.client_payload.to }} ${{ github.event.action }}"),
                        ".github/workflows/b.yml",
                        echo("{repository_dispatch: {types: [other]}}", "B", "")));
        Outcome<Integer> told =
                yard.phase()
                        .dispatches()
                        .repositoryDispatch(
                                project(), "deploy", Value.json("{\"to\":\"moon\"}"), "olga");
        assertThat(told).isEqualTo(Outcome.done(1));
        Run run = yard.finished(1);
        assertThat(yard.log(run, "j")).contains("moon deploy");
        assertThat(run.title()).isEqualTo("deploy");
    }

    @Test
    void disabledWorkflowStartsNothingAndSaysSo() {
        String push = echo("[push, workflow_dispatch]", "CI", "x");
        yard.push("main", Map.of(".github/workflows/ci.yml", push));
        yard.finished(1);
        WorkflowRow row =
                yard.spine
                        .store()
                        .read(sql -> WorkflowRows.find(sql, Yard.PROJECT, "ci.yml"))
                        .orElseThrow();
        assertThat(row.number()).isEqualTo(1);
        yard.spine.store().update(tx -> WorkflowRows.put(tx, row, WorkflowRow.DISABLED));
        yard.push("main", Map.of("a", "1"));
        quiet();
        assertThat(runs()).hasSize(1);
        Outcome<Run> asked =
                yard.phase()
                        .dispatches()
                        .order(project(), new Dispatches.Wanted("ci", "", Map.of()), "olga");
        assertThat(asked)
                .isEqualTo(Outcome.refused("building.dispatch.disabled", "workflow", "CI"));
        yard.spine.store().update(tx -> WorkflowRows.put(tx, row, WorkflowRow.ACTIVE));
        yard.push("main", Map.of("a", "2"));
        yard.finished(2);
    }

    @Test
    void everyProblemOfADispatchIsSaidAtOnce() {
        yard.push(
                "main",
                Map.of(
                        ".github/workflows/ci.yml",
                        """
                        on:
                          workflow_dispatch:
                            inputs:
                              who: {required: true}
                              level: {type: choice, options: [low, high]}
                              dry: {type: boolean}
                        run-name: Run ${{ github.run_number }} by ${{ github.actor }} for ${{ inputs.who }}
                        jobs:
                          j:
                            runs-on: x
                            if: ${{ inputs.dry }}
                            steps: [{run: 'echo "${{ inputs.who }} ${{ inputs.level }}"'}]
                        """));
        quiet();
        var dispatches = yard.phase().dispatches();
        var refused =
                (Dispatches.Answer.Refused)
                        dispatches.dispatch(
                                project(),
                                new Dispatches.Wanted(
                                        "ci.yml",
                                        "main",
                                        Map.of("level", "mid", "dry", "x", "y", "")),
                                "olga");
        assertThat(refused.problems())
                .extracting(Dispatches.Problem::key)
                .containsExactly(
                        "building.dispatch.problem.unexpected",
                        "building.dispatch.problem.required",
                        "building.dispatch.problem.choice",
                        "building.dispatch.problem.boolean");
        var started =
                (Dispatches.Answer.Started)
                        dispatches.dispatch(
                                project(),
                                new Dispatches.Wanted(
                                        "ci.yml",
                                        "",
                                        Map.of("who", "me", "level", "low", "dry", "true")),
                                "olga");
        Run run = yard.finished(started.run().number());
        assertThat(run.title()).isEqualTo("Run 1 by olga for me");
        assertThat(yard.log(run, "j")).contains("me low");
        var nowhere =
                (Dispatches.Answer.Refused)
                        dispatches.dispatch(
                                project(),
                                new Dispatches.Wanted("ci.yml", run.source().commit(), Map.of()),
                                "olga");
        assertThat(nowhere.problems().getFirst().key()).isEqualTo("building.dispatch.ref");
    }

    @Test
    void scheduleStartsOnceForAllTimesThatWereMissed() {
        yard.push(
                "main",
                Map.of(
                        ".github/workflows/night.yml",
                        echo(
                                "{schedule: [{cron: '*/5 * * * *'}, {cron: '0 4 1 1 *'}]}",
                                "Night",
                                "${{ github.event.schedule }} ${{ github.event_name }}")));
        quiet();
        List<ScheduleRow> rows = schedules();
        assertThat(rows).hasSize(2);
        long hours = Micros.of(Instant.now().minus(Duration.ofHours(3)));
        yard.spine
                .store()
                .update(tx ->
                        tx.sql()
                                .execute(
                                        "UPDATE building_schedules SET due_at = ? WHERE cron = '*/5 * * * *'",
                                        hours));
        // any push of the default branch wakes the scheduler, as a start of Rondo does
        yard.push("main", Map.of("a", "1"));
        Run run = yard.finished(1);
        quiet();
        assertThat(runs()).hasSize(1);
        assertThat(yard.log(run, "j")).contains("*/5 * * * * schedule");
        assertThat(run.source().actor()).isEqualTo("olga");
        assertThat(schedules())
                .allSatisfy(
                        row -> assertThat(Micros.toInstant(row.dueAt())).isAfter(Instant.now()));
        yard.push(
                "main",
                Map.of(".github/workflows/night.yml", echo("workflow_dispatch", "Day", "x")));
        quiet();
        assertThat(schedules()).isEmpty();
    }

    private List<ScheduleRow> schedules() {
        return new ArrayList<>(yard.spine.store().read(sql -> ScheduleRows.of(sql, Yard.PROJECT)));
    }

    @Test
    void skipMarkInTheBodyOfTheHeadCommitKeepsAPushFromStarting() {
        yard.push("main", Map.of(".github/workflows/ci.yml", echo("push", "CI", "x")));
        yard.finished(1);
        yard.push("main", Map.of("a", "1"), "Change things\n\nnot worth it [skip ci]");
        quiet();
        assertThat(runs()).hasSize(1);
    }
}
