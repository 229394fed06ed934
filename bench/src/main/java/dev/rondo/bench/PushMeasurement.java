package dev.rondo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * From the push that the journal has accepted to the first line of the first step's log: both as
 * Rondo dated them itself, by one clock.
 */
final class PushMeasurement implements Measurement {

    private static final int WARM = 3;
    private static final int PUSHES = 20;
    private static final double GOAL_MILLIS = 150;
    private static final String PROJECT = "echo";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WORKFLOW =
            """
            on: push
            jobs:
              hi:
                runs-on: ubuntu-latest
                steps:
                  - run: echo hi
            """;

    private long seen;

    @Override
    public List<Figure> measure(Workbench bench) throws Exception {
        var started = RondoServer.start(bench, bench.path("data"), RondoProgram.hasCache());
        var server = started.server();
        var token = server.signUp();
        server.createProject(PROJECT);
        var checkout = checkout(bench, server.remote(token, PROJECT));
        var toFirstLine = new ArrayList<Double>();
        var toFirstWord = new ArrayList<Double>();
        for (int i = -WARM; i < PUSHES; i++) {
            Files.writeString(checkout.resolve("turn.txt"), "turn " + i + "\n");
            bench.run(checkout, "git", "commit", "-q", "-a", "-m", "Turn " + i);
            bench.run(checkout, "git", "push", "-q", "origin", "main");
            var turn = awaitRun(server);
            if (i >= 0) {
                toFirstLine.add(turn.firstLine());
                toFirstWord.add(turn.firstWord());
            }
        }
        double memory = Machine.residentMebibytes(server.pid());
        var walls = started.walls() ? "" : " (sandbox off)";
        return List.of(
                Figure.atMost(
                        "push accepted → first line of the first step's log, median" + walls,
                        Numbers.of(toFirstLine).median(),
                        GOAL_MILLIS,
                        "ms"),
                Figure.told(
                        "push accepted → first word of the step's own program, median" + walls,
                        Figure.show(Numbers.of(toFirstWord).median(), "ms")),
                Figure.told(
                        "memory resident after %d pushes and their runs".formatted(WARM + PUSHES),
                        Figure.show(memory, "MiB")));
    }

    private static Path checkout(Workbench bench, String remote) throws IOException {
        var checkout = bench.folder("checkout");
        bench.run(checkout, "git", "init", "-q", "-b", "main");
        bench.run(checkout, "git", "config", "user.name", "Ada Lovelace");
        bench.run(checkout, "git", "config", "user.email", "ada@example.org");
        bench.run(checkout, "git", "remote", "add", "origin", remote);
        var workflows = Files.createDirectories(checkout.resolve(".github/workflows"));
        Files.writeString(workflows.resolve("echo.yml"), WORKFLOW);
        Files.writeString(checkout.resolve("turn.txt"), "\n");
        bench.run(checkout, "git", "add", "-A");
        return checkout;
    }

    private record Turn(double firstLine, double firstWord) {}

    private Turn awaitRun(RondoServer server) throws Exception {
        Instant pushed = Instant.EPOCH;
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            for (var event : server.json("/api/projects/" + PROJECT + "/events?after=" + seen)) {
                seen = event.path("seq").asLong();
                var kind = event.path("kind").asString();
                if (kind.equals("change.pushed")) {
                    pushed = Instant.parse(event.path("at").asString());
                } else if (kind.equals("pipelinerun.finished")) {
                    var data = event.path("data");
                    if (!data.path("outcome").asString().equals("success")) {
                        throw new BenchFailure("the run failed: " + data);
                    }
                    return read(server.data(), data.path("run").asString(), pushed);
                }
            }
            Thread.sleep(100);
        }
        throw new BenchFailure("no run ended within " + PATIENCE.toSeconds() + " s");
    }

    private static Turn read(Path data, String run, Instant pushed) throws IOException {
        try (var logs = Files.list(data.resolve("building/logs").resolve(run))) {
            var log =
                    logs.filter(file -> file.toString().endsWith(".log"))
                            .findFirst()
                            .orElseThrow(() -> new BenchFailure("the run has no log"));
            var lines = Files.readAllLines(log).stream().map(line -> line.split("\t", 3)).toList();
            long start = ChronoUnit.MICROS.between(Instant.EPOCH, pushed);
            long word =
                    lines.stream()
                            .filter(line -> line[2].equals("hi"))
                            .mapToLong(line -> Long.parseLong(line[0]))
                            .findFirst()
                            .orElseThrow(() -> new BenchFailure("the log has no hi"));
            long first = Long.parseLong(lines.getFirst()[0]);
            return new Turn((first - start) / 1000.0, (word - start) / 1000.0);
        }
    }
}
