package dev.rondo.app;

import dev.rondo.app.DemoServer.Happening;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * One complete turn of the loop, told step by step, by nothing but what users have: pages' APIs,
 * git and requests to the service.
 */
final class DemoStory {

    static final int STEPS = 13;

    private static final Duration ROLLOUT = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final DemoServer server;
    private final DemoProject project;
    private final DemoReport report;
    private final DemoPlan plan;
    private final DemoDelivery delivery;
    private final DemoLookBack look;
    private final DemoTraffic traffic;
    private final DemoGit git;
    private boolean strict = true;
    private String pushed = "";

    DemoStory(
            DemoServer server,
            DemoProject project,
            DemoReport report,
            DemoTraffic traffic,
            DemoGit git) {
        this.server = server;
        this.project = project;
        this.report = report;
        this.traffic = traffic;
        this.git = git;
        this.plan = new DemoPlan(server, project.name());
        this.delivery = new DemoDelivery(server, project.name());
        this.look = new DemoLookBack(server, project.name());
    }

    /** False as soon as a step does not happen. */
    boolean tell() {
        return tellWithoutChat() && step("13 ChatOps", this::chat);
    }

    boolean tellWithoutChat() {
        return first() && second() && third() && lookBack();
    }

    /** The server will go away now and then: requests that fail meanwhile do not count. */
    DemoStory despiteFailures() {
        strict = false;
        return this;
    }

    private record Told(String observed, URI link) {}

    private Told told(String observed, String path) {
        return new Told(observed, server.link(path));
    }

    private boolean step(String name, Callable<Told> action) {
        long began = System.nanoTime();
        try {
            var told = action.call();
            report.happened(name, told.observed(), told.link(), began);
            return true;
        } catch (Exception failed) {
            report.failed(name, String.valueOf(failed.getMessage()), began);
            if (!(failed instanceof DemoProblem)) {
                failed.printStackTrace();
            }
            return false;
        }
    }

    // ---- The first push: 1.0.0, blue-green ------------------------------------------------------

    private boolean first() {
        return step("1 Plan", this::makePlan)
                && step("2 Code", () -> push("1-first", DemoPlan.FIRST_STORY))
                && step("3 Build", () -> built())
                && step("4 Test", () -> tested())
                && step("5 Release", () -> released("1.0.0"))
                && step("6 Deploy", () -> deployed("1.0.0"))
                && step("7+8 Operate, monitor", this::watched);
    }

    private Told makePlan() {
        plan.make();
        server.await(
                project.name(),
                "ticket.moved",
                moved ->
                        moved.number("number") == DemoPlan.FIRST_STORY
                                && moved.text("to").equals("in-progress"),
                SOON);
        plan.comment(DemoPlan.FIRST_STORY);
        server.await(project.name(), "ticket.commented", one -> true, SOON);
        return told(
                "an epic, four stories, a sprint; story #2 is in progress, and commented on",
                page("/planning/board"));
    }

    private Told push(String step, long ticket) {
        git.apply(project, step);
        var commit = git.commit(project.message(step, ticket));
        pushed = commit;
        git.push();
        server.await(
                project.name(),
                "change.pushed",
                pushed -> pushed.text("after").equals(commit),
                SOON);
        return told(
                commit.substring(0, 8) + " pushed with git, it fixes #" + ticket,
                page("/coding/commits/" + commit));
    }

    private Told built() {
        var run = finished();
        require(
                run.text("outcome").equals("success"),
                "run "
                        + run.number("number")
                        + " ended as "
                        + run.text("outcome")
                        + " "
                        + run.text("message"));
        var artifact =
                server.await(
                        project.name(),
                        "artifact.packaged",
                        one ->
                                one.text("run").equals(run.text("run"))
                                        && one.text("name").equals(project.name()),
                        SOON);
        return told(
                "run #%d succeeded in %.1f s; artifact %s is %s"
                        .formatted(
                                run.number("number"),
                                run.number("millis") / 1000.0,
                                artifact.text("name"),
                                artifact.text("digest").substring(0, 19)),
                page("/building/runs/" + run.text("run")));
    }

    private Happening finished() {
        return new DemoRuns(server, project.name()).finished(pushed);
    }

    private Told tested() {
        var run = finished();
        var tests =
                server.await(
                        project.name(),
                        "testsuiterun.finished",
                        one -> one.text("run").equals(run.text("run")),
                        SOON);
        var gate =
                server.await(
                        project.name(),
                        "gate.decided",
                        one -> one.text("run").equals(run.text("run")),
                        SOON);
        require(gate.text("verdict").equals("passed"), "the gate: " + gate.data().path("reasons"));
        return told(
                "%d of %d tests passed (%s), %d of %d lines covered; the gate passed"
                        .formatted(
                                tests.number("passed"),
                                tests.number("tests"),
                                tests.data().path("testsByLevel"),
                                tests.number("linesCovered"),
                                tests.number("linesTotal")),
                page("/testing/runs/" + run.text("run")));
    }

    private Told released(String version) {
        delivery.release(version);
        return told(
                version + " drafted from the commits, approved for production, published",
                page("/releasing/releases/" + version));
    }

    private Told deployed(String version) {
        traffic.start();
        var live = awaitLive(version);
        // Users meanwhile: some more requests through the switch that has just been made.
        awaitAnswers(200);
        require(!strict || traffic.answered() >= 200, "the service does not answer its users");
        requireNoneLetDown(traffic.failures());
        return told(
                "blue-green, two instances; %d requests during and after the switch, 0 failed"
                        .formatted(traffic.answered()),
                page("/deploying/rollouts/" + live.text("rollout")));
    }

    private Happening awaitLive(String version) {
        var rollout =
                server.await(
                        project.name(),
                        "rollout.finished",
                        one -> one.text("version").equals(version),
                        ROLLOUT);
        require(
                rollout.text("outcome").equals("completed"),
                "the rollout of " + version + " ended: " + rollout.data());
        return server.await(
                project.name(),
                "service.deployed",
                one -> one.text("rollout").equals(rollout.text("rollout")),
                SOON);
    }

    private Told watched() {
        var service = delivery.awaitMeasured("1.0.0");
        server.await(
                project.name(),
                "ticket.moved",
                moved ->
                        moved.number("number") == DemoPlan.FIRST_STORY
                                && moved.text("to").equals("live"),
                SOON);
        return told(service + "; #2 moved itself to live", servicePage());
    }

    // ---- The second push: a fault, caught by the canary -----------------------------------------

    private boolean second() {
        return step(
                        "9 A fault goes out",
                        () -> {
                            push("2-recommendations", DemoPlan.SECOND_STORY);
                            built();
                            tested();
                            traffic.alsoAsk(project.path() + project.feature());
                            delivery.release("1.1.0");
                            var start =
                                    server.await(
                                            project.name(),
                                            "rollout.started",
                                            one -> one.text("version").equals("1.1.0"),
                                            ROLLOUT);
                            return told(
                                    "no test catches it: 1.1.0 passes the gate and goes out as a "
                                            + start.text("strategy"),
                                    page("/deploying/rollouts/" + start.text("rollout")));
                        })
                && step("10 The way back", this::rolledBack);
    }

    private Told rolledBack() {
        var back =
                server.await(
                        project.name(),
                        "service.rolledback",
                        one -> one.text("version").equals("1.1.0"),
                        ROLLOUT);
        var incident = server.await(project.name(), "incident.detected", one -> true, SOON);
        server.await(
                project.name(),
                "release.recalled",
                one -> one.text("version").equals("1.1.0"),
                SOON);
        server.await(project.name(), "notification.sent", one -> true, SOON);
        long bug = bug();
        var seconds =
                traffic.fromFirstToLastFailureSince(Instant.EPOCH)
                        .map(length -> length.toMillis() / 1000.0)
                        .orElse(0.0);
        require(plan.topOfBacklog() == bug, "#" + bug + " is not at the top of the backlog");
        // The fault is the new version's alone: moving traffic there and back costs nobody a
        // request.
        requireNoneLetDown(traffic.failuresButOf(project.path() + project.feature()));
        return told(
                ("%s failed for %.0f %% of its requests; back to 1.0.0, %.1f s from the first bad"
                                + " answer to the last; incident !%d, bug #%d on top")
                        .formatted(
                                back.text("worstRoute"),
                                back.data().path("worstRouteErrorRatio").asDouble() * 100,
                                seconds,
                                incident.number("number"),
                                bug),
                page("/operating/incidents/" + incident.number("number")));
    }

    private long bug() {
        return server.await(
                        project.name(),
                        "ticket.created",
                        one -> one.text("type").equals("bug"),
                        SOON)
                .number("number");
    }

    // ---- The third push: mended
    // ------------------------------------------------------------------

    private boolean third() {
        return step("11 Mended", this::mended);
    }

    private Told mended() {
        long bug = bug();
        push("3-fix", bug);
        built();
        tested();
        delivery.release("1.1.1");
        int failedBefore = traffic.failures().size();
        long answeredBefore = traffic.answered();
        awaitLive("1.1.1");
        long answered = traffic.answered() - answeredBefore;
        requireNoneLetDown(since(failedBefore));
        var resolved = server.await(project.name(), "incident.resolved", one -> true, SOON);
        server.await(
                project.name(),
                "ticket.moved",
                moved -> moved.number("number") == bug && moved.text("to").equals("live"),
                SOON);
        long judged =
                server.happenings(project.name()).stream()
                        .filter(one -> one.kind().equals("judgement.given"))
                        .filter(one -> one.text("candidate").equals("1.1.1"))
                        .count();
        return told(
                ("1.1.1 went out step by step, judged %d times; %d requests meanwhile, 0 failed; the"
                                + " incident resolved itself, #%d is closed")
                        .formatted(judged, answered, bug),
                page("/operating/incidents/" + resolved.number("number")));
    }

    // ---- Looking back ---------------------------------------------------------------------------

    private boolean lookBack() {
        return step("12a The thread", () -> told(look.thread(), look.threadPage()))
                && step("12b DORA", () -> told(look.dora(), page("/dora")));
    }

    private Told chat() {
        int failedBefore = traffic.failures().size();
        var said = look.chat();
        requireNoneLetDown(since(failedBefore));
        return told(said + ", with no request failed", page("/commands"));
    }

    private List<DemoTraffic.Failure> since(int before) {
        var all = traffic.failures();
        return all.subList(before, all.size());
    }

    private void requireNoneLetDown(List<DemoTraffic.Failure> failures) {
        require(
                !strict || failures.isEmpty(),
                failures.size() + " requests failed: " + first(failures));
    }

    private void awaitAnswers(int more) {
        long goal = traffic.answered() + more;
        long until = System.nanoTime() + SOON.toNanos();
        while (traffic.answered() < goal && System.nanoTime() < until) {
            Thread.onSpinWait();
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static String first(List<DemoTraffic.Failure> failures) {
        return failures.isEmpty() ? "" : failures.getFirst().toString();
    }

    private String page(String path) {
        return "/projects/" + project.name() + path;
    }

    private String servicePage() {
        return page("/operating/services/" + project.name() + "/production");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new DemoProblem(otherwise);
        }
    }
}
