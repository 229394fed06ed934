package dev.rondo.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.actions.Triggers.Decision;
import dev.rondo.actions.Triggers.Event;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EventsTest {

    private static Triggers on(String on) {
        String text = on + "\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: 'true'\n";
        return switch (WorkflowReading.read("ci.yml", text)) {
            case WorkflowReading.Valid valid -> valid.workflow().on();
            case WorkflowReading.Invalid invalid -> throw new AssertionError(invalid.text());
        };
    }

    private static boolean runs(String on, String event, String payload, String... changed) {
        return on(on).decide(
                                new Event(
                                        event,
                                        Value.json(payload),
                                        Optional.empty(),
                                        () -> Optional.of(Set.of(changed))))
                instanceof Decision.Runs;
    }

    private static String why(String on, String event, String payload) {
        return on(on).decide(Event.of(event, Value.json(payload)))
                        instanceof Decision.Stays(String why)
                ? why
                : "runs";
    }

    @Test
    void pullRequestRunsForItsThreeTypesUnlessOthersAreNamed() {
        String opened =
                "{\"action\": \"opened\", \"pull_request\": {\"base\": {\"ref\": \"main\"}}}";
        String labeled = opened.replace("opened", "labeled");
        assertThat(runs("on: pull_request", "pull_request", opened)).isTrue();
        assertThat(runs("on: pull_request", "pull_request", labeled)).isFalse();
        assertThat(runs("on: pull_request_target", "pull_request_target", labeled)).isFalse();
        assertThat(runs("on: {pull_request: {types: labeled}}", "pull_request", labeled)).isTrue();
        assertThat(runs("on: {pull_request: {types: labeled}}", "pull_request", opened)).isFalse();
        assertThat(why("on: push", "pull_request", opened)).contains("not started by pull_request");
    }

    @Test
    void pullRequestIsFilteredByTargetBranchAndPaths() {
        String payload =
                "{\"action\": \"opened\", \"pull_request\": {\"base\": {\"ref\": \"main\"}}}";
        assertThat(runs("on: {pull_request: {branches: [main]}}", "pull_request", payload))
                .isTrue();
        assertThat(why("on: {pull_request: {branches: [dev]}}", "pull_request", payload))
                .isEqualTo("the branch filters leave 'main' out");
        String paths = "on: {pull_request: {paths: ['src/**']}}";
        assertThat(runs(paths, "pull_request", payload, "src/a")).isTrue();
        assertThat(runs(paths, "pull_request", payload, "docs/a")).isFalse();
    }

    @Test
    void eventsWithTypesAreDecidedByTheAction() {
        for (String event :
                List.of("release", "issues", "issue_comment", "repository_dispatch", "label")) {
            String type = event.equals("release") ? "published" : "created";
            type = event.equals("issues") ? "opened" : type;
            String on = "on: {%s: {types: [%s]}}".formatted(event, type);
            assertThat(runs(on, event, "{\"action\": \"" + type + "\"}")).as(event).isTrue();
            assertThat(runs(on, event, "{\"action\": \"other\"}")).as(event).isFalse();
            assertThat(runs("on: " + event, event, "{\"action\": \"other\"}")).as(event).isTrue();
        }
        for (String event : List.of("create", "delete", "deployment_status", "workflow_dispatch")) {
            assertThat(runs("on: " + event, event, "{}")).as(event).isTrue();
        }
    }

    @Test
    void workflowRunFollowsNamedWorkflowsOfNamedBranches() {
        String on =
                "on: {workflow_run: {workflows: [Build], types: [completed], branches: [main]}}";
        String payload =
                "{\"action\": \"completed\", \"workflow_run\": {\"name\": \"Build\", \"head_branch\": \"main\"}}";
        assertThat(runs(on, "workflow_run", payload)).isTrue();
        assertThat(runs(on, "workflow_run", payload.replace("Build", "Lint"))).isFalse();
        assertThat(runs(on, "workflow_run", payload.replace("\"main\"", "\"dev\""))).isFalse();
        assertThat(runs(on, "workflow_run", payload.replace("completed", "requested"))).isFalse();
    }

    @Test
    void mergeGroupIsFilteredByTheQueuesBranch() {
        String payload =
                "{\"action\": \"checks_requested\", \"merge_group\": {\"base_ref\": \"refs/heads/main\"}}";
        assertThat(runs("on: {merge_group: {branches: [main]}}", "merge_group", payload)).isTrue();
        assertThat(runs("on: {merge_group: {branches: [x]}}", "merge_group", payload)).isFalse();
    }

    @Test
    void commitMessageMaySkipPushAndPullRequestOnly() {
        String push = "{\"ref\": \"refs/heads/main\", \"head_commit\": {\"message\": \"%s\"}}";
        assertThat(runs("on: push", "push", push.formatted("fix"))).isTrue();
        for (String mark :
                List.of(
                        "a [skip ci]",
                        "[CI Skip] a",
                        "[no ci]",
                        "[skip actions]",
                        "[actions skip]",
                        "a\\n\\n\\nskip-checks: true",
                        "a\\n\\nSigned-off-by: b\\nskip-checks:true")) {
            assertThat(runs("on: push", "push", push.formatted(mark))).as(mark).isFalse();
        }
        assertThat(SkipMarks.skip("explain skip-checks: true here")).isFalse();
        assertThat(
                        runs(
                                "on: release",
                                "release",
                                "{\"head_commit\": {\"message\": \"[skip ci]\"}}"))
                .isTrue();
        assertThat(runs("on: push", "push", "{\"ref\": \"refs/heads/a\", \"deleted\": true}"))
                .isFalse();
    }

    @Test
    void cronFindsItsNextTime() {
        assertThat(next("*/15 * * * *", "2026-01-01T00:01:00Z")).isEqualTo("2026-01-01T00:15:00Z");
        assertThat(next("30 5 * * MON-FRI", "2026-01-02T06:00:00Z"))
                .isEqualTo("2026-01-05T05:30:00Z");
        assertThat(next("0 0 29 2 *", "2026-01-01T00:00:00Z")).isEqualTo("2028-02-29T00:00:00Z");
        assertThat(next("0 0 13 * FRI", "2026-01-01T00:00:00Z"))
                .as("either day fits")
                .isEqualTo("2026-01-02T00:00:00Z");
        assertThat(next("0 0 1 JAN,jul *", "2026-01-01T00:00:00Z"))
                .isEqualTo("2026-07-01T00:00:00Z");
        assertThat(next("0 0 30 2 *", "2026-01-01T00:00:00Z")).isEqualTo("never");
    }

    private static String next(String cron, String after) {
        return Cron.read(cron) instanceof Cron.Reading.Good(Cron good)
                ? good.next(Instant.parse(after)).map(Instant::toString).orElse("never")
                : "bad";
    }

    @Test
    void scheduleStartsNoMoreThanEveryFiveMinutesAndKnowsZones() {
        Triggers on =
                on(
                        "on: {schedule: [{cron: '* * * * *'}, {cron: '0 9 * * *', timezone: Europe/Berlin}]}");
        Instant last = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(on.timeTables().getFirst().next(last))
                .contains(Instant.parse("2026-01-01T00:05:00Z"));
        assertThat(on.timeTables().getLast().next(last))
                .contains(Instant.parse("2026-01-01T08:00:00Z"));
        assertThat(on.timeTables().getFirst().zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(on.decide(Event.of("schedule", Value.json("{\"schedule\": \"* * * * *\"}"))))
                .isInstanceOf(Decision.Runs.class);
    }

    @Test
    void wrongCronIsToldWithItsPlace() {
        for (String cron :
                List.of(
                        "",
                        "* * * *",
                        "60 * * * *",
                        "* 24 * * *",
                        "* * 0 * *",
                        "* * * 13 *",
                        "* * * * 7",
                        "*/0 * * * *",
                        "5-1 * * * *",
                        "@daily",
                        "1,,2 * * * *",
                        "99999999999 * * * *")) {
            assertThat(Cron.read(cron)).as(cron).isInstanceOf(Cron.Reading.Bad.class);
        }
        String text =
                "on:\n  schedule:\n    - cron: '61 * * * *'\njobs:\n  a:\n    runs-on: x\n"
                        + "    steps: [{run: x}]\n";
        assertThat(((WorkflowReading.Invalid) WorkflowReading.read("ci.yml", text)).text())
                .startsWith(
                        "ci.yml:3:13: Invalid cron expression '61 * * * *': '61' is no minute, which"
                                + " goes from 0 to 59");
    }

    @Test
    void dispatchInputsAreTypedAndChecked() {
        List<Input> inputs =
                on("""
                on:
                  workflow_dispatch:
                    inputs:
                      text: {required: true}
                      count: {type: number, default: 3}
                      dry: {type: boolean}
                      level: {type: choice, options: [low, high], default: low}
                      where: {type: environment}
                """)
                        .dispatchInputs();
        var taken =
                (DispatchInputs.Taken)
                        DispatchInputs.check(inputs, Map.of("text", "a", "dry", "true"));
        assertThat(taken.values().get("dry")).isEqualTo(Value.TRUE);
        assertThat(taken.values().get("count")).isEqualTo(Value.of(3));
        assertThat(taken.texts()).containsEntry("dry", "true").containsEntry("level", "low");
        var refused =
                (DispatchInputs.Refused)
                        DispatchInputs.check(
                                inputs,
                                Map.of("level", "mid", "count", "x", "dry", "maybe", "new", "1"));
        assertThat(refused.problems())
                .extracting(DispatchInputs.Problem::text)
                .containsExactlyInAnyOrder(
                        "Unexpected inputs provided: [new]",
                        "Required input 'text' not provided",
                        "Provided value 'x' for input 'count' is no number",
                        "Provided value 'maybe' for input 'dry' is no boolean",
                        "Provided value 'mid' for input 'level' not in the list of allowed values:"
                                + " low, high");
    }
}
