package dev.rondo.app;

import dev.rondo.app.DemoServer.Happening;
import java.time.Duration;
import java.util.List;

/** What the demo looks at once the loop has turned, and the commands that it then gives. */
final class DemoLookBack {

    private static final Duration ROLLOUT = Duration.ofMinutes(10);

    private final DemoServer server;
    private final String project;

    DemoLookBack(DemoServer server, String project) {
        this.server = server;
        this.project = project;
    }

    String threadPage() {
        return "/projects/" + project + "/thread?about=" + about();
    }

    private static String about() {
        return "ticket:" + DemoPlan.SECOND_STORY;
    }

    String thread() {
        var graph = server.get("/api/projects/" + project + "/thread?about=" + about());
        var kinds = graph.json().path("nodes").findValuesAsString("kind");
        for (var kind :
                List.of("ticket", "change", "pipelinerun", "release", "rollout", "incident")) {
            require(kinds.contains(kind), "the thread has no " + kind + ": " + kinds);
        }
        return "from story #%d to its follow-up bug: %d things, %d edges"
                .formatted(
                        DemoPlan.SECOND_STORY,
                        graph.json().path("nodes").size(),
                        graph.json().path("edges").size());
    }

    String dora() {
        var dora = server.get("/api/projects/" + project + "/dora").json();
        require(
                dora.path("failed").asInt() == 1 && dora.path("deployments").asInt() == 3,
                "DORA counts otherwise: " + dora);
        require(server.get("/projects/" + project).good(), "the home page does not open");
        return "1 of 3 deployments failed; lead time %.0f s, time to restore %.0f s"
                .formatted(
                        dora.path("leadTimeSeconds").asDouble(),
                        dora.path("timeToRestoreSeconds").asDouble());
    }

    String chat() {
        var chat = new DemoChat(server, project);
        chat.requireHelp();
        var refused = chat.box("/deploy " + project + " 1.1.0 to production");
        require(!refused.good(), "a recalled release was accepted: " + refused.body());
        var started = chat.box("/deploy " + project + " 1.0.0 to production");
        require(started.good(), "the box refused: " + started.body());
        awaitSecondRollout("1.0.0");
        chat.connect();
        chat.slack("/deploy", project + " 1.1.1 to production");
        awaitSecondRollout("1.1.1");
        return "/deploy 1.1.0 refused ("
                + refused.json().path("text").asString()
                + "); 1.0.0 from the box and 1.1.1 from a chat went out";
    }

    private void awaitSecondRollout(String version) {
        server.await(
                project,
                "rollout.finished",
                one -> one.text("version").equals(version) && rolloutsUpTo(one, version) >= 2,
                ROLLOUT);
    }

    private long rolloutsUpTo(Happening last, String version) {
        return server.known().stream()
                .filter(one -> one.seq() <= last.seq())
                .filter(one -> one.kind().equals("rollout.finished"))
                .filter(one -> one.text("version").equals(version))
                .count();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new DemoProblem(otherwise);
        }
    }
}
