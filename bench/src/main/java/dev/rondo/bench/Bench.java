package dev.rondo.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures what is named, or everything, and prints one table. Each measurement has a folder and
 * processes of its own, which are gone when it ends, also by Ctrl-C.
 */
final class Bench {

    private static final Map<String, Measurement> MEASUREMENTS = measurements();

    /** Takes minutes and needs the npm registry. */
    private static final Set<String> ONLY_WHEN_NAMED = Set.of("demo");

    private Bench() {}

    private static Map<String, Measurement> measurements() {
        var all = new LinkedHashMap<String, Measurement>();
        all.put("start", new StartMeasurement());
        all.put("push", new PushMeasurement());
        all.put("workflows", new WorkflowMeasurement());
        all.put("artifacts", new ArtifactMeasurement());
        all.put("clone", new CloneMeasurement());
        all.put("journal", new JournalMeasurement());
        all.put("router", new RouterMeasurement());
        all.put("backlog", new BacklogMeasurement());
        all.put("demo", new DemoMeasurement());
        return all;
    }

    public static void main(String[] args) {
        var named = List.of(args);
        for (var name : named) {
            if (!MEASUREMENTS.containsKey(name)) {
                System.err.println(
                        "bench: there is no figure "
                                + name
                                + "; known are "
                                + String.join(", ", MEASUREMENTS.keySet()));
                System.exit(1);
            }
        }
        var figures = new ArrayList<Figure>();
        MEASUREMENTS.forEach((name, measurement) -> {
            if (named.isEmpty() ? !ONLY_WHEN_NAMED.contains(name) : named.contains(name)) {
                figures.addAll(measure(name, measurement));
            }
        });
        System.out.println(Machine.describe());
        System.out.print(Table.of(figures));
        boolean complete =
                figures.stream().noneMatch(one -> one.verdict() == Figure.Verdict.NOT_MEASURED);
        System.exit(complete ? 0 : 1);
    }

    private static List<Figure> measure(String name, Measurement measurement) {
        System.err.println("Measuring " + name + " …");
        long began = System.nanoTime();
        try (var bench = Workbench.open(name)) {
            return measurement.measure(bench);
        } catch (Exception failed) {
            if (!(failed instanceof BenchFailure)) {
                failed.printStackTrace();
            }
            return List.of(Figure.notMeasured(name, String.valueOf(failed.getMessage())));
        } finally {
            System.err.printf("  %.0f s%n", (System.nanoTime() - began) / 1e9);
        }
    }
}
