package dev.rondo.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From the start of the JVM to the first page over HTTP, on data that are there already. */
final class StartMeasurement implements Measurement {

    private static final int STARTS = 5;
    private static final long REST_MILLIS = 10_000;
    private static final double GOAL_CPU_SECONDS = 1;
    private static final double GOAL_MEBIBYTES = 256;

    @Override
    public List<Figure> measure(Workbench bench) throws Exception {
        var data = bench.path("data");
        var first = RondoServer.start(bench, data, RondoProgram.hasCache());
        first.server().stop();
        var with = new Starts();
        var without = new Starts();
        var memory = new ArrayList<Double>();
        for (int i = 0; i < STARTS; i++) {
            if (RondoProgram.hasCache()) {
                with.once(bench, data, true);
            }
            without.once(bench, data, false);
        }
        var last = RondoServer.start(bench, data, RondoProgram.hasCache());
        for (int i = 0; i < 3; i++) {
            Thread.sleep(REST_MILLIS / 3);
            memory.add(Machine.residentMebibytes(last.server().pid()));
        }
        last.server().stop();
        return figures(first, with, without, memory.getLast());
    }

    private static List<Figure> figures(
            RondoServer.Started first, Starts with, Starts without, double memory) {
        var figures = new ArrayList<Figure>();
        if (RondoProgram.hasCache()) {
            figures.add(
                    Figure.atMost(
                                    "start to first page, CPU, with cache (peer: without)",
                                    Numbers.of(with.cpu).median(),
                                    GOAL_CPU_SECONDS,
                                    "s")
                            .against(
                                    Numbers.of(without.cpu).median(),
                                    Numbers.of(with.cpu).median()
                                            / Numbers.of(without.cpu).median(),
                                    "s"));
            figures.add(
                    Figure.told(
                                    "start to first page, wall, with cache (peer: without)",
                                    Figure.show(Numbers.of(with.wall).median(), "ms"))
                            .against(
                                    Numbers.of(without.wall).median(),
                                    Numbers.of(with.wall).median()
                                            / Numbers.of(without.wall).median(),
                                    "ms"));
        } else {
            figures.add(Figure.notMeasured("start with cache", "there is no cache: ./rondo build"));
        }
        figures.add(
                Figure.told(
                        "the first start of all, CPU (it makes the schema)",
                        Figure.show(first.cpuSeconds(), "s")));
        figures.add(
                Figure.atMost(
                        "memory resident, " + REST_MILLIS / 1000 + " s after the start",
                        memory,
                        GOAL_MEBIBYTES,
                        "MiB"));
        return figures;
    }

    /** What several starts took. */
    private static final class Starts {

        private final List<Double> wall = new ArrayList<>();
        private final List<Double> cpu = new ArrayList<>();

        void once(Workbench bench, Path data, boolean cache) throws Exception {
            var started = RondoServer.start(bench, data, cache);
            wall.add(started.wallMillis());
            cpu.add(started.cpuSeconds());
            started.server().stop();
        }
    }
}
