package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.actions.Value;
import dev.rondo.kits.ground.Surf;
import dev.rondo.records.Run;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Workflows, their form and badge, and GitHub's interface to them, over HTTP. */
final class WorkflowPagesTest {
    private static final String HOME = "/projects/shop/building";
    private static final String API = "/api/v3/repos/rondo/shop";
    private static Yard yard;
    private static Surf surf;

    @BeforeAll
    static void start() {
        yard = new Yard().start();
        surf = new Surf(yard.spine, yard.web);
        yard.push(
                "main",
                Map.of(
                        ".github/workflows/build.yml",
                        """
                        name: Build <it>
                        on: [push, watch, pull_request]
                        jobs:
                          one:
                            runs-on: x
                            steps: [{run: echo hello}]
                        """,
                        ".github/workflows/deploy.yml",
                        """
                        name: Deploy
                        on:
                          schedule: [{cron: '0 4 * * *'}]
                          repository_dispatch:
                          workflow_dispatch:
                            inputs:
                              who: {required: true, description: 'Who wants <it>'}
                              level: {type: choice, options: [low, high]}
                              dry: {type: boolean, default: true}
                              count: {type: number, default: 3}
                        jobs:
                          one:
                            runs-on: x
                            steps: [{run: 'echo "${{ inputs.who }} ${{ inputs.dry }} ${{ inputs.count }}"; exit ${{ inputs.count }}'}]
                        """));
        yard.finished(1);
    }

    @AfterAll
    static void stop() {
        yard.web.stop();
        yard.close();
    }

    private static long count() {
        return yard.spine.store().read(sql -> RunFilter.ALL.count(sql, Yard.PROJECT));
    }

    @Test
    void listShowsTriggersAndLastRunOfEachWorkflow() {
        assertThat(surf.get(HOME + "/workflows"))
                .contains("Build &lt;it&gt;")
                .contains("workflow_dispatch")
                .contains(HOME + "/workflows/deploy.yml")
                .contains(HOME + "/runs/1");
    }

    @Test
    void pageSaysWhichEventsNothingMakes() {
        assertThat(surf.get(HOME + "/workflows/build.yml"))
                .contains("so they start no run: watch, pull_request");
        assertThat(surf.get(HOME + "/workflows/deploy.yml")).doesNotContain("start no run");
    }

    @Test
    void formIsMadeOfTheInputsAndSaysEveryProblemAtOnce() {
        String page = HOME + "/workflows/deploy.yml";
        assertThat(surf.get(page))
                .contains("Who wants &lt;it&gt;")
                .contains("<option value=\"high\">high</option>")
                .contains("name=\"input.dry\" value=\"true\" checked")
                .contains(
                        "type=\"number\" step=\"any\" id=\"f-input.count\" name=\"input.count\" value=\"3\"")
                .contains("0 4 * * *");
        String refused =
                surf.post(
                        page + "/dispatches",
                        "ref=main&input.who=&input.level=mid&input.count=x&input.dry=false",
                        422);
        assertThat(refused)
                .contains("The input 'who' is required")
                .contains("'mid' is no choice")
                .contains("'x' is no number")
                .contains("value=\"x\"");
        long before = count();
        surf.post(
                page + "/dispatches",
                "ref=main&input.who=Ada&input.level=low&input.count=0&input.dry=false&input.dry=true",
                303);
        Run run = yard.finished(before + 1);
        assertThat(yard.log(run, "one")).contains("Ada true 0");
        assertThat(run.progress().outcome()).isEqualTo("success");
    }

    @Test
    void badgeTellsOfTheLastRunOfABranch() {
        String svg = surf.get(HOME + "/workflows/build.yml/badge.svg");
        assertThat(svg).startsWith("<svg").contains("Build &lt;it&gt;: passing");
        assertThat(surf.get("/rondo/shop/actions/workflows/build.yml/badge.svg?branch=main"))
                .isEqualTo(svg);
        assertThat(surf.get(HOME + "/workflows/build.yml/badge.svg?branch=other"))
                .contains("no status");
        assertThat(surf.get(HOME + "/workflows/build.yml/badge.svg?event=schedule"))
                .contains("no status");
        var response = surf.bytes("GET", HOME + "/workflows/build.yml/badge.svg", "");
        assertThat(response.headers().firstValue("Cache-Control")).contains("private, max-age=60");
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("image/svg+xml");
    }

    @Test
    void runsAreFilteredByWorkflowBranchEventActorAndState() {
        String here = HOME + "/runs/1\"";
        for (String yes :
                new String[] {
                    "workflow=build.yml",
                    "branch=main",
                    "event=push",
                    "actor=olga",
                    "status=success",
                    "workflow=build.yml&branch=main&event=push&actor=olga&status=success"
                }) {
            assertThat(surf.get(HOME + "/runs?" + yes)).as(yes).contains(here);
        }
        for (String no :
                new String[] {
                    "workflow=none.yml", "branch=mai", "event=release", "actor=x", "status=running"
                }) {
            assertThat(surf.get(HOME + "/runs?" + no))
                    .as(no)
                    .doesNotContain(here)
                    .contains("No such runs");
        }
    }

    @Test
    void githubsInterfaceListsWorkflowsRunsAndJobs() throws IOException {
        Value workflows = Value.json(surf.get(API + "/actions/workflows"));
        assertThat(workflows.at("total_count").number()).isEqualTo(2);
        Value first = ((Value.Arr) workflows.at("workflows")).items().getFirst();
        assertThat(first.at("path").text()).isEqualTo(".github/workflows/build.yml");
        String id = first.at("id").text();
        assertThat(Value.json(surf.get(API + "/actions/workflows/" + id)).at("name").text())
                .isEqualTo("Build <it>");
        Value runs =
                Value.json(
                        surf.get(
                                API
                                        + "/actions/workflows/build.yml/runs?status=completed&per_page=1&branch=main"));
        assertThat(runs.at("total_count").number()).isEqualTo(1);
        Value run = Value.json(surf.get(API + "/actions/runs/1"));
        assertThat(run.at("status").text()).isEqualTo("completed");
        assertThat(run.at("conclusion").text()).isEqualTo("success");
        assertThat(run.at("workflow_id").text()).isEqualTo(id);
        Value jobs = Value.json(surf.get(API + "/actions/runs/1/jobs"));
        Value job = ((Value.Arr) jobs.at("jobs")).items().getFirst();
        assertThat(job.at("name").text()).isEqualTo("one");
        assertThat(((Value.Arr) job.at("steps")).items()).isNotEmpty();
        String number = java.math.BigDecimal.valueOf(job.at("id").number()).toPlainString();
        assertThat(surf.get(API + "/actions/jobs/" + number)).contains("\"run_id\":1");
        assertThat(surf.get(API + "/actions/jobs/" + number + "/logs")).contains("Z hello\n");
        byte[] zip = surf.bytes("GET", API + "/actions/runs/1/logs", "").body();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            assertThat(in.getNextEntry().getName()).isEqualTo("0_one.txt");
            assertThat(new String(in.readAllBytes())).contains("Z hello\n");
        }
        assertThat(surf.expect(404, "GET", API + "/actions/runs/99", ""))
                .contains("\"message\":")
                .contains("documentation_url");
        assertThat(surf.expect(409, "POST", API + "/actions/runs/1/cancel", ""))
                .contains("has ended already");
    }

    @Test
    void githubsInterfaceStartsSwitchesAndTells() {
        String deploy = API + "/actions/workflows/deploy.yml";
        assertThat(
                        surf.post(
                                deploy + "/dispatches",
                                "{\"ref\":\"main\",\"inputs\":{\"x\":1}}",
                                422))
                .contains("Unexpected inputs provided: [x]")
                .contains("Required input 'who' not provided");
        surf.expect(204, "PUT", deploy + "/disable", "");
        assertThat(surf.get(deploy)).contains("\"state\":\"disabled_manually\"");
        assertThat(surf.get(HOME + "/workflows")).contains(">off<");
        assertThat(
                        surf.post(
                                deploy + "/dispatches",
                                "{\"ref\":\"main\",\"inputs\":{\"who\":\"x\"}}",
                                422))
                .contains("is switched off");
        surf.post(HOME + "/workflows/deploy.yml/state", "state=active", 303);
        assertThat(surf.get(deploy)).contains("\"state\":\"active\"");
        long before = count();
        surf.post(
                deploy + "/dispatches",
                "{\"ref\":\"main\",\"inputs\":{\"who\":\"x\",\"count\":0,\"dry\":false}}",
                204);
        Run run = yard.finished(before + 1);
        assertThat(yard.log(run, "one")).contains("x false 0");
        surf.post(API + "/dispatches", "{\"event_type\":\"go\",\"client_payload\":{\"a\":1}}", 204);
        assertThat(yard.finished(before + 2).event().name()).isEqualTo("repository_dispatch");
        assertThat(surf.post(API + "/dispatches", "{}", 422)).contains("needs an event_type");
        surf.post(API + "/actions/runs/" + run.number() + "/rerun", "", 201);
        assertThat(yard.finished(run.number()).attempt()).isEqualTo(2);
    }

    @Test
    void mistakesStandBesideTheirLinesInTheFile() {
        yard.push(
                "broken",
                Map.of(
                        ".github/workflows/broken.yml",
                        "on: push\njobs:\n  a:\n    runs-on: x\n    stepz: []\n"));
        org.awaitility.Awaitility.await().until(() -> yard.heardAll());
        Run run =
                yard.spine
                        .store()
                        .read(sql ->
                                new RunFilter("", "", "", "", "invalid", "", RunFilter.Times.ALL)
                                        .newest(sql, Yard.PROJECT))
                        .orElseThrow();
        String page = "/projects/shop/building/runs/" + run.number();
        assertThat(surf.get(page)).contains(page + "/workflow#L5");
        assertThat(surf.get(page + "/workflow"))
                .containsPattern("id=\"L5\" class=\"error\"")
                .contains("class=\"mistake\"")
                .contains("Unexpected value");
    }

    @Test
    void annotationsAreShownOnTheirCommitAndFile() {
        String workflow =
                "name: Notes\non: push\njobs:\n  one:\n    runs-on: x\n    steps:"
                        + " [{run: 'echo \"::error file=src/a.js,line=2::Look here\"; echo \"::error::Nowhere\"'}]\n";
        yard.push("notes", Map.of(".github/workflows/notes.yml", workflow));
        org.awaitility.Awaitility.await().until(() -> yard.heardAll());
        Run run =
                yard.spine
                        .store()
                        .read(sql ->
                                new RunFilter("", "notes", "", "", "", "", RunFilter.Times.ALL)
                                        .newest(sql, Yard.PROJECT))
                        .orElseThrow();
        yard.finished(run.number());
        var all =
                yard.spine
                        .store()
                        .read(sql -> RemarkRows.of(sql, Yard.PROJECT, run.source().commit(), ""));
        assertThat(all)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.place()).isEqualTo("src/a.js:2");
                    assertThat(one.message()).isEqualTo("Look here");
                });
        var ofFile =
                yard.spine
                        .store()
                        .read(sql ->
                                RemarkRows.of(
                                        sql, Yard.PROJECT, run.source().commit(), "src/b.js"));
        assertThat(ofFile).isEmpty();
    }
}
