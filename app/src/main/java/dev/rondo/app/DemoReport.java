package dev.rondo.app;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Tells the steps as they happen, and keeps them for the report. */
final class DemoReport {

    private final PrintStream out;
    private final long began = System.nanoTime();
    private final List<Step> steps = new ArrayList<>();

    /**
     * @param observed what was seen, in one line
     */
    record Step(String name, boolean happened, String observed, String link, long millis) {}

    DemoReport(PrintStream out) {
        this.out = out;
    }

    void happened(String name, String observed, URI link, long sinceNanos) {
        add(new Step(name, true, observed, link.toString(), millis(sinceNanos)));
    }

    void failed(String name, String why, long sinceNanos) {
        add(new Step(name, false, why, "", millis(sinceNanos)));
    }

    private static long millis(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1_000_000;
    }

    private void add(Step step) {
        steps.add(step);
        out.printf(
                Locale.ROOT,
                "%s %6.1f s  %-18s %s%n%s",
                step.happened() ? "✔" : "✘",
                Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0,
                step.name(),
                step.observed(),
                step.link().isEmpty() ? "" : "             " + " ".repeat(18) + step.link() + "\n");
        out.flush();
    }

    boolean complete(int expected) {
        return steps.size() == expected && steps.stream().allMatch(Step::happened);
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    void write(Path file, boolean complete) {
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(
                        file.toFile(),
                        Map.of(
                                "complete", complete,
                                "millis", millis(began),
                                "steps", steps));
    }
}
