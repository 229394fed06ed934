package dev.rondo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A project whose workflow is pushed and run, again and again. */
final class WorkflowRuns {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Workbench bench;
    private final RondoServer server;
    private final String project;
    private final Path checkout;
    private long seen;

    WorkflowRuns(Workbench bench, RondoServer server, String token, String project)
            throws Exception {
        this.bench = bench;
        this.server = server;
        this.project = project;
        server.createProject(project);
        this.checkout = bench.folder("checkout-" + project);
        bench.run(checkout, "git", "init", "-q", "-b", "main");
        bench.run(checkout, "git", "config", "user.name", "Ada Lovelace");
        bench.run(checkout, "git", "config", "user.email", "ada@example.org");
        bench.run(checkout, "git", "remote", "add", "origin", server.remote(token, project));
        Files.createDirectories(checkout.resolve(".github/workflows"));
    }

    /** Pushes a workflow and waits for the end of its run; gives the run's identifier. */
    String run(String workflow) throws Exception {
        Files.writeString(checkout.resolve(".github/workflows/ci.yml"), workflow);
        bench.run(checkout, "git", "add", "-A");
        bench.run(checkout, "git", "commit", "-q", "--allow-empty", "-m", "Another one");
        bench.run(checkout, "git", "push", "-q", "origin", "main");
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            for (var event : server.json("/api/projects/" + project + "/events?after=" + seen)) {
                seen = event.path("seq").asLong();
                if (event.path("kind").asString().equals("pipelinerun.finished")) {
                    var data = event.path("data");
                    if (!data.path("outcome").asString().equals("success")) {
                        throw new BenchFailure("the run failed: " + data);
                    }
                    return data.path("run").asString();
                }
            }
            Thread.sleep(50);
        }
        throw new BenchFailure("no run ended within " + PATIENCE.toSeconds() + " s");
    }

    /**
     * One line of a job's log.
     *
     * @param micros when it was written
     */
    record Line(long micros, int step, String text) {}

    List<Line> log(String run, String job) throws IOException {
        Path file = server.data().resolve("building/logs").resolve(run).resolve(job + ".log");
        try (var lines = Files.lines(file)) {
            return lines.map(line -> line.split("\t", 3))
                    .map(parts ->
                            new Line(
                                    Long.parseLong(parts[0]), Integer.parseInt(parts[1]), parts[2]))
                    .toList();
        }
    }
}
