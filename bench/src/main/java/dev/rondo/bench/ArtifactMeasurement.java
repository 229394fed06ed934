package dev.rondo.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * An artifact of 1 GiB that cannot be made smaller, up and down again, against {@code cp -r} of the
 * same files in the same job. Each is told with the compression that the action uses unasked, and
 * without; times are those between the first lines of the steps.
 */
final class ArtifactMeasurement implements Measurement {
    private static final int ROUNDS = 3;
    private static final int MIB = 1024;
    private static final double GOAL = 0.5;

    private static final String WORKFLOW =
            """
            on: push
            jobs:
              a:
                runs-on: ubuntu-latest
                steps:
                  - run: |
                      mkdir data
                      for n in $(seq 16); do head -c 64M /dev/urandom > data/$n; done
                      sync
                  - run: cp -r data copy
                  - run: rm -r copy; sync
                  - uses: actions/upload-artifact@v4
                    with: {name: big, path: data%s}
                  - run: sync
                  - uses: actions/download-artifact@v4
                    with: {name: big, path: back}
                  - run: diff -r data back
            """;

    @Override
    public List<Figure> measure(Workbench bench) throws Exception {
        var started = RondoServer.start(bench, bench.path("data"), RondoProgram.hasCache());
        var server = started.server();
        var runs = new WorkflowRuns(bench, server, server.signUp(), "work");
        var figures = new ArrayList<Figure>();
        figures.addAll(upAndDown(runs, "not compressed", ", compression-level: 0"));
        figures.addAll(upAndDown(runs, "as the action does it unasked", ""));
        return figures;
    }

    private static List<Figure> upAndDown(WorkflowRuns runs, String how, String with)
            throws Exception {
        var copied = new ArrayList<Double>();
        var up = new ArrayList<Double>();
        var down = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            var log = runs.log(runs.run(WORKFLOW.formatted(with)), "a");
            copied.add(seconds(log, 2));
            up.add(seconds(log, 4));
            down.add(seconds(log, 6));
        }
        double cp = MIB / Numbers.of(copied).median();
        return List.of(
                speed("upload", how, MIB / Numbers.of(up).median(), cp),
                speed("download", how, MIB / Numbers.of(down).median(), cp));
    }

    private static Figure speed(String what, String how, double ours, double cp) {
        var measured =
                Figure.atLeast(
                        what + " of an artifact of 1 GiB, " + how + " (peer: cp)",
                        ours / cp,
                        GOAL,
                        "");
        return new Figure(
                measured.what(),
                Figure.show(ours, "MiB/s"),
                Figure.show(cp, "MiB/s"),
                Figure.ratio(ours / cp),
                measured.goal(),
                measured.verdict());
    }

    /** From the first line of a step to the first of the next. */
    private static double seconds(List<WorkflowRuns.Line> log, int step) {
        return (began(log, step + 1) - began(log, step)) / 1e6;
    }

    private static long began(List<WorkflowRuns.Line> log, int step) {
        return log.stream()
                .filter(line -> line.step() == step)
                .findFirst()
                .orElseThrow(() -> new BenchFailure("step " + step + " left no line"))
                .micros();
    }
}
