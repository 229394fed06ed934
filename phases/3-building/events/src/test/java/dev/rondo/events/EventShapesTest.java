package dev.rondo.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.actions.Value;
import dev.rondo.git.RefUpdate;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every payload has the shape of GitHub's examples, as far as Rondo has something to say. */
final class EventShapesTest {
    /**
     * What GitHub's payloads always have, and Rondo has not: it keeps no trees and no such pages.
     */
    private static final Set<String> ABSENT =
            Set.of(
                    "push commits[].tree_id",
                    "push head_commit.tree_id",
                    "push head_commit.added",
                    "push head_commit.modified",
                    "push head_commit.removed",
                    "user html_url",
                    "workflow_run workflow_run.check_suite_id",
                    "workflow_run workflow_run.head_commit.tree_id",
                    "workflow_run workflow.created_at",
                    "workflow_run workflow.updated_at");

    /** What the documentation has, and the examples do not happen to. */
    private static final Set<String> BEYOND =
            Set.of(
                    "issues issue.state_reason",
                    "issues issue.type",
                    "issues issue.type.name",
                    "issues type",
                    "issues type.name",
                    "issue_comment issue.type",
                    "issue_comment issue.type.name",
                    "release release.assets[]",
                    "release release.assets[].content_type",
                    "release release.assets[].digest",
                    "release release.assets[].id",
                    "release release.assets[].name",
                    "release release.assets[].size",
                    "release release.assets[].state",
                    "issue_comment issue.state_reason",
                    "deployment deployment.description",
                    "deployment_status deployment.description",
                    "deployment deployment.payload.service",
                    "deployment deployment.payload.strategy",
                    "deployment deployment.payload.version",
                    "deployment_status deployment.payload.service",
                    "deployment_status deployment.payload.strategy",
                    "deployment_status deployment.payload.version");

    private static final Map<String, Map<String, String>> SHAPES = new LinkedHashMap<>();
    private static Ground ground;

    @BeforeAll
    static void read() throws IOException {
        ground = new Ground();
        try (InputStream in = EventShapesTest.class.getResourceAsStream("shapes.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 3))
                    .forEach(part ->
                            SHAPES.computeIfAbsent(part[0], e -> new LinkedHashMap<>())
                                    .put(part[1], part[2]));
        }
    }

    @AfterAll
    static void close() {
        ground.close();
    }

    private static void check(Happening happening) {
        var found = new LinkedHashMap<String, String>();
        flatten(happening.payload(), "", found);
        compare(happening.name(), found);
    }

    private static void compare(String event, Map<String, String> found) {
        Map<String, String> shape = SHAPES.get(event);
        var problems = new TreeSet<String>();
        shape.forEach((path, kinds) -> {
            if (kinds.endsWith(" always")
                    && !found.containsKey(path)
                    && !ABSENT.contains(event + " " + path)) {
                problems.add("missing: " + path);
            }
        });
        found.forEach((path, kind) -> {
            if (BEYOND.contains(event + " " + path)) {
                return;
            }
            String kinds = shape.get(path);
            if (kinds == null) {
                problems.add("unknown: " + path);
            } else if (!Set.of(kinds.replace(" always", "").split(",")).contains(kind)
                    && !kind.equals("null")) {
                problems.add("wrong kind: " + path + " is " + kind + ", not " + kinds);
            }
        });
        assertThat(problems).as(event).isEmpty();
    }

    private static void flatten(Value value, String path, Map<String, String> found) {
        switch (value) {
            case Value.Obj object -> {
                if (!path.isEmpty()) {
                    found.put(path, "object");
                }
                String nested =
                        object.get("login").isPresent() && object.get("site_admin").isPresent()
                                ? "user"
                                : object.get("full_name").isPresent() ? "repository" : "";
                if (!path.isEmpty() && !nested.isEmpty()) {
                    var inner = new LinkedHashMap<String, String>();
                    object.entries().forEach((key, one) -> leaf(one, key, inner));
                    compare(nested, inner);
                    return;
                }
                object.entries()
                        .forEach((key, one) ->
                                leaf(one, path.isEmpty() ? key : path + "." + key, found));
            }
            case Value.Arr list -> {
                found.put(path, "list");
                list.items().forEach(item -> flatten(item, path + "[]", found));
            }
            case Value.Nothing nothing -> found.put(path, "null");
            case Value.Bool on -> found.put(path, "boolean");
            case Value.Num number -> found.put(path, "number");
            case Value.Text text -> found.put(path, "string");
        }
    }

    private static void leaf(Value value, String path, Map<String, String> found) {
        boolean skipped =
                path.matches(".*(_url|(^|\\.)url)") && !path.matches(".*(html|clone|badge)_url")
                        || path.matches("(client_payload|inputs|changes)");
        if (!skipped) {
            flatten(value, path, found);
        }
    }

    @Test
    void pushCreateAndDelete() {
        var push =
                new Fact.ChangePushed(
                        "shop",
                        "refs/heads/topic",
                        RefUpdate.NONE,
                        ground.head(),
                        false,
                        false,
                        List.of(
                                new Fact.Commit(
                                        ground.head(),
                                        "Two",
                                        "Olga",
                                        "o@example.org",
                                        0,
                                        List.of(),
                                        List.of())));
        List<Happening> made = ground.of(push);
        assertThat(made).extracting(Happening::name).containsExactly("push", "create");
        made.forEach(EventShapesTest::check);
        assertThat(made.getFirst().payload().at("head_commit").at("message").text())
                .isEqualTo("Two\n\nwith a body");
        assertThat(made.getFirst().source().ref()).isEqualTo("refs/heads/topic");
        assertThat(made.getLast().payload().at("ref").text()).isEqualTo("topic");
        List<Happening> gone =
                ground.of(
                        new Fact.ChangePushed(
                                "shop",
                                "refs/tags/v1",
                                ground.head(),
                                RefUpdate.NONE,
                                false,
                                false,
                                List.of()));
        check(gone.getFirst());
        assertThat(gone).singleElement().extracting(Happening::name).isEqualTo("delete");
        assertThat(gone.getFirst().source().ref()).isEqualTo("refs/heads/main");
        assertThat(gone.getFirst().source().evidence()).isFalse();
    }

    @Test
    void pushOfAnAnnotatedTagRunsItsCommit() {
        String tag = ground.repository().refTarget("refs/tags/v1.0.0").orElseThrow();
        var push =
                new Fact.ChangePushed(
                        "shop", "refs/tags/v1.0.0", RefUpdate.NONE, tag, false, false, List.of());
        Happening made = ground.of(push).getFirst();
        check(made);
        assertThat(tag).isNotEqualTo(ground.head());
        assertThat(made.source().commit()).isEqualTo(ground.head());
        assertThat(made.payload().at("after").text()).isEqualTo(tag);
        assertThat(made.title()).isEqualTo("v1.0.0");
    }

    private static List<String> actions(List<Happening> happenings) {
        happenings.forEach(EventShapesTest::check);
        return happenings.stream().map(Happening::action).toList();
    }

    @Test
    void issuesFollowTheWorkItem() {
        ground.tell(new Fact.TicketCreated(7, "bug", "Old", "backlog", List.of("a", "b")));
        assertThat(actions(ground.tell(new Fact.TicketMoved(7, "backlog", "ready", "")))).isEmpty();
        assertThat(actions(ground.tell(new Fact.TicketMoved(7, "review", "done", ""))))
                .containsExactly("closed");
        assertThat(actions(ground.tell(new Fact.TicketMoved(7, "done", "live", "")))).isEmpty();
        assertThat(actions(ground.tell(new Fact.TicketMoved(7, "live", "ready", ""))))
                .containsExactly("reopened");
        List<Happening> edited =
                ground.tell(
                        new Fact.TicketUpdated(
                                7, Map.of("title", "New", "labels", "b, c", "sprint", "s1")));
        assertThat(actions(edited)).containsExactly("edited", "unlabeled", "labeled", "milestoned");
        Value payload = edited.getFirst().payload();
        assertThat(payload.at("changes").at("title").at("from").text()).isEqualTo("Old");
        assertThat(payload.at("issue").at("title").text()).isEqualTo("The item");
        assertThat(edited.get(1).payload().at("label").at("name").text()).isEqualTo("a");
        assertThat(edited.get(2).payload().at("label").at("name").text()).isEqualTo("c");
        assertThat(actions(ground.tell(new Fact.TicketUpdated(7, Map.of("assignee", "olga")))))
                .containsExactly("assigned");
        List<Happening> passed = ground.tell(new Fact.TicketUpdated(7, Map.of("assignee", "otto")));
        assertThat(actions(passed)).containsExactly("unassigned", "assigned");
        assertThat(passed.getFirst().payload().at("assignee").at("login").text()).isEqualTo("olga");
        List<Happening> said = ground.tell(new Fact.TicketCommented(7, "Look"));
        assertThat(actions(said)).containsExactly("created");
        assertThat(said.getFirst().name()).isEqualTo("issue_comment");
        assertThat(said.getFirst().payload().at("comment").at("body").text()).isEqualTo("Look");
        assertThat(said.getFirst().payload().at("issue").at("comments").number()).isEqualTo(1);
    }

    @Test
    void releaseIsPublishedReleasedAndRecalled() {
        var release =
                new Fact.ReleasePublished(
                        "1.0.0",
                        ground.head(),
                        "v1.0.0",
                        List.of(new Fact.Artifact("app", "sha256:00", 3)),
                        List.of(),
                        "",
                        List.of());
        List<Happening> made = ground.tell(release);
        assertThat(actions(made)).containsExactly("published", "released");
        assertThat(made.getFirst().source().ref()).isEqualTo("refs/tags/v1.0.0");
        assertThat(actions(ground.tell(new Fact.ReleaseRecalled("1.0.0", "bad"))))
                .containsExactly("unpublished");
    }

    @Test
    void rolloutIsADeploymentWithItsStatus() {
        String id = "0192f0c1-0000-7000-8000-000000000001";
        List<Happening> started =
                ground.tell(
                        new Fact.RolloutStarted(
                                id,
                                "web",
                                "staging",
                                "1.0.0",
                                "",
                                "canary",
                                "sha256:0",
                                ground.head()));
        assertThat(started)
                .extracting(Happening::name)
                .containsExactly("deployment", "deployment_status");
        started.forEach(EventShapesTest::check);
        assertThat(started.getFirst().source().ref()).isEqualTo("refs/tags/v1.0.0");
        for (var end : Map.of("completed", "success", "rolledback", "failure").entrySet()) {
            List<Happening> ended =
                    ground.tell(
                            new Fact.RolloutFinished(
                                    id, "web", "staging", "1.0.0", end.getKey(), "why"));
            ended.forEach(EventShapesTest::check);
            assertThat(ended).hasSize(1);
            Value payload = ended.getFirst().payload();
            assertThat(payload.at("deployment_status").at("state").text())
                    .isEqualTo(end.getValue());
            assertThat(payload.at("deployment").at("id").number())
                    .isEqualTo(started.getFirst().payload().at("deployment").at("id").number());
        }
    }

    @Test
    void runsTellOfEachOtherThreeLevelsDeep() {
        var told = new ArrayList<String>();
        for (int depth = 0; depth <= 3; depth++) {
            ground.run = ground.run(depth, false);
            Fact finished =
                    new Fact.PipelineRunFinished(
                            "r", 3, "CI", "refs/heads/main", ground.head(), true, "invalid", "", 1);
            for (Happening one : ground.tell(finished)) {
                check(one);
                told.add(
                        depth
                                + one.action()
                                + one.payload().at("workflow_run").at("conclusion").text());
            }
        }
        assertThat(told)
                .containsExactly(
                        "0completedstartup_failure",
                        "1completedstartup_failure",
                        "2completedstartup_failure");
        ground.run = ground.run(0, true);
        assertThat(ground.tell(new Fact.PipelineRunQueued("r", 3, "CI", "", "", "rerun")))
                .isEmpty();
    }

    @Test
    void ordersHaveTheirPayloads() {
        var source = new Happening.Source("refs/heads/main", ground.head(), true, "olga");
        check(
                Orders.dispatch(
                        ground.scene(), source, ".github/workflows/ci.yml", Map.of("a", "b")));
        Happening asked =
                Orders.repositoryDispatch(
                                ground.scene(), "deploy", Value.json("{\"a\":[1]}"), "olga")
                        .orElseThrow();
        check(asked);
        assertThat(asked.action()).isEqualTo("deploy");
        Happening due = Orders.schedule(ground.scene(), "0 4 * * *", "olga").orElseThrow();
        assertThat(due.payload().at("schedule").text()).isEqualTo("0 4 * * *");
        assertThat(due.source().evidence()).isTrue();
    }

    @Test
    void whatAJobsTokenDoesStartsNothingBesideWhatIsAsked() {
        Fact fact = new Fact.TicketCommented(7, "from a workflow");
        Event event = ground.event(fact, dev.rondo.access.Grant.BOT, Instant.now());
        assertThat(Happenings.of(ground.scene(), event, ground)).isEmpty();
    }
}
