package dev.rondo.bench;

import dev.rondo.actions.Expression;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Value;
import dev.rondo.actions.WorkflowReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Workflows against the bare machine: steps against bash and the same script files, log lines
 * against a file, what the server spends on a job of a matrix; and the language by itself.
 */
final class WorkflowMeasurement implements Measurement {
    private static final int ROUNDS = 5;
    private static final int WARM = 3;
    private static final int STEPS = 100;
    private static final int LINES = 500_000;
    private static final int JOBS = 256;
    private static final int TICKS = 100;

    @Override
    public List<Figure> measure(Workbench bench) throws Exception {
        var figures = new ArrayList<Figure>();
        var started = RondoServer.start(bench, bench.path("data"), RondoProgram.hasCache());
        var server = started.server();
        var runs = new WorkflowRuns(bench, server, server.signUp(), "work");
        figures.add(steps(bench, runs));
        figures.addAll(lines(bench, runs));
        figures.add(matrix(server, runs));
        figures.add(reading());
        figures.add(expressions());
        return figures;
    }

    private static Figure steps(Workbench bench, WorkflowRuns runs) throws Exception {
        var text = new StringBuilder(head());
        for (int i = 0; i < STEPS; i++) {
            text.append("      - run: echo ").append(i).append('\n');
        }
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        var scripts = scripts(bench);
        for (int round = -WARM; round < ROUNDS; round++) {
            var log = runs.log(runs.run(text.toString()), "a");
            var steps = log.stream().filter(line -> line.step() > 0).toList();
            double rondo = (steps.getLast().micros() - steps.getFirst().micros()) / 1000.0 / STEPS;
            long began = System.nanoTime();
            bench.run(scripts, "bash", "all.sh");
            double bash = (System.nanoTime() - began) / 1e6 / STEPS;
            if (round >= 0) {
                ours.add(rondo);
                theirs.add(bash);
            }
        }
        double rondo = Numbers.of(ours).median();
        double bash = Numbers.of(theirs).median();
        return Figure.atMost(
                        "a trivial step beyond bash running its script, median",
                        rondo - bash,
                        5,
                        "ms")
                .against(bash, rondo / bash, "ms");
    }

    private static String head() {
        return """
        on: push
        jobs:
          a:
            runs-on: ubuntu-latest
            steps:
        """;
    }

    private static Path scripts(Workbench bench) {
        Path folder = bench.folder("scripts");
        var all = new StringBuilder();
        for (int i = 0; i < STEPS; i++) {
            bench.write("scripts/" + i + ".sh", "echo " + i + "\n");
            all.append("bash -e ").append(i).append(".sh\n");
        }
        bench.write("scripts/all.sh", all.toString());
        return folder;
    }

    private static List<Figure> lines(Workbench bench, WorkflowRuns runs) throws Exception {
        String script =
                "for ((i = 0; i < %d; i++)); do echo \"line $i of a log that goes on\"; done"
                        .formatted(LINES);
        Path file = bench.write("lines.sh", script + "\n");
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        for (int round = 0; round < 3; round++) {
            var log = runs.log(runs.run(head() + "      - run: " + script + "\n"), "a");
            var said = log.stream().filter(line -> line.text().startsWith("line ")).toList();
            if (said.size() != LINES) {
                throw new BenchFailure("the log has " + said.size() + " of " + LINES + " lines");
            }
            ours.add(LINES / ((said.getLast().micros() - said.getFirst().micros()) / 1e6));
            long began = System.nanoTime();
            bench.run(
                    bench.path(""),
                    "bash",
                    "-c",
                    "bash -e " + file + " > " + bench.path("lines.txt"));
            theirs.add(LINES / ((System.nanoTime() - began) / 1e9));
        }
        double rondo = Numbers.of(ours).median();
        double plain = Numbers.of(theirs).median();
        var taken = Figure.atLeast("log lines taken in, against a file", rondo, 100_000, "/s");
        return List.of(
                taken.against(plain, rondo / plain, "/s"),
                Figure.atLeast("speed of a job that writes lines", rondo / plain, 0.5, ""));
    }

    private static Figure matrix(RondoServer server, WorkflowRuns runs) throws Exception {
        var numbers = new ArrayList<String>();
        for (int i = 0; i < JOBS; i++) {
            numbers.add(String.valueOf(i));
        }
        String workflow =
                """
                on: push
                jobs:
                  a:
                    runs-on: ubuntu-latest
                    strategy: {matrix: {n: [%s]}}
                    steps: [{run: ":"}]
                """
                        .formatted(String.join(", ", numbers));
        var spent = new ArrayList<Double>();
        for (int round = -WARM; round < ROUNDS; round++) {
            double before = cpuSeconds(server.pid());
            runs.run(workflow);
            if (round >= 0) {
                spent.add((cpuSeconds(server.pid()) - before) * 1000 / JOBS);
            }
        }
        return Figure.atMost(
                "CPU of the server for an empty job of a matrix of 256, median",
                Numbers.of(spent).median(),
                15,
                "ms");
    }

    /** User and system time of the process alone, not of its children. */
    private static double cpuSeconds(long pid) throws Exception {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS;
    }

    private static Figure reading() {
        var text = new StringBuilder("on: push\njobs:\n");
        int lines = 2;
        for (int job = 0; lines < 2_000; job++) {
            text.append("  job%d:\n    runs-on: ubuntu-latest\n    steps:\n".formatted(job));
            lines += 3;
            for (int step = 0; step < 10 && lines < 2_000; step++) {
                text.append(
                        """
                              - name: Step %d of ${{ github.ref_name }}
                                if: ${{ success() && github.event_name == 'push' }}
                                env: {A: "${{ github.sha }}"}
                                run: echo "${{ github.actor }}"
                        """
                                .formatted(step));
                lines += 4;
            }
        }
        String workflow = text.toString();
        var times = new ArrayList<Double>();
        for (int i = -200; i < 100; i++) {
            long began = System.nanoTime();
            if (!(WorkflowReading.read("ci.yml", workflow) instanceof WorkflowReading.Valid)) {
                throw new BenchFailure("the workflow has mistakes");
            }
            if (i >= 0) {
                times.add((System.nanoTime() - began) / 1e6);
            }
        }
        return Figure.atMost(
                "reading and checking a workflow of 2,000 lines, warm",
                Numbers.of(times).median(),
                20,
                "ms");
    }

    private static Figure expressions() {
        var expression =
                Expression.parse(
                        "contains(github.ref, 'main') && format('{0}-{1}', github.sha,"
                                + " matrix.os) != ''",
                        List.of("github", "matrix"));
        var scope =
                Scope.of(
                        Map.of(
                                "github",
                                Value.texts(Map.of("ref", "refs/heads/main", "sha", "abc")),
                                "matrix",
                                Value.texts(Map.of("os", "linux"))));
        int count = 300_000;
        double best = 0;
        for (int round = 0; round < 5; round++) {
            long began = System.nanoTime();
            for (int i = 0; i < count; i++) {
                if (!expression.value(scope).truthy()) {
                    throw new BenchFailure("wrong value");
                }
            }
            best = Math.max(best, count / ((System.nanoTime() - began) / 1e9));
        }
        return Figure.told("expressions evaluated, one thread", Figure.show(best, "/s"));
    }
}
