package dev.rondo.bench;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** What Rondo's process holds in memory when the demo has been told. */
final class DemoMeasurement implements Measurement {

    private static final Duration PATIENCE = Duration.ofMinutes(12);
    private static final long REST_MILLIS = 10_000;

    @Override
    public List<Figure> measure(Workbench bench) throws Exception {
        var log = bench.path("demo.log");
        var process =
                bench.start(
                        RondoProgram.folder(),
                        log,
                        RondoProgram.command(
                                RondoProgram.hasCache(),
                                bench.path(""),
                                List.of(
                                        "demo",
                                        "--data=" + bench.path("data"),
                                        "--port=" + Workbench.freePort(),
                                        "--router-port=" + Workbench.freePort())));
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains("The loop has turned once.")) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new BenchFailure("the demo did not reach its end: " + Files.readString(log));
            }
            Thread.sleep(1000);
        }
        Thread.sleep(REST_MILLIS);
        return List.of(
                Figure.told(
                        "memory resident after the demo",
                        Figure.show(Machine.residentMebibytes(process.pid()), "MiB")));
    }
}
