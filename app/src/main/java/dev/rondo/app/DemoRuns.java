package dev.rondo.app;

import dev.rondo.app.DemoServer.Happening;
import java.time.Duration;
import java.util.Map;

/** Waits for the runs of a project. */
final class DemoRuns {

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final DemoServer server;
    private final String project;

    DemoRuns(DemoServer server, String project) {
        this.server = server;
        this.project = project;
    }

    /** The run of a commit; one whose job was cut off too often is run again, as its user would. */
    Happening finished(String commit) {
        long after = 0;
        while (true) {
            long last = after;
            var run =
                    server.await(
                            project,
                            "pipelinerun.finished",
                            one -> one.seq() > last && one.text("commit").equals(commit),
                            PATIENCE);
            if (!run.text("outcome").equals("interrupted")) {
                return run;
            }
            after = run.seq();
            server.untilDone(() -> again(run));
        }
    }

    private void again(Happening run) {
        var queued =
                server.find(
                        project,
                        "pipelinerun.queued",
                        one ->
                                one.seq() > run.seq()
                                        && one.text("commit").equals(run.text("commit")));
        if (queued.isEmpty()) {
            var answer =
                    server.post(
                            "/api/projects/%s/runs/%d/reruns"
                                    .formatted(project, run.number("number")),
                            Map.of("jobs", "all"));
            if (!answer.good()) {
                throw new DemoProblem(
                        "running #%d again: %d %s"
                                .formatted(run.number("number"), answer.status(), answer.body()));
            }
        }
    }
}
