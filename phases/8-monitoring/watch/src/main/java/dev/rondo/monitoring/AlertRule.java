package dev.rondo.monitoring;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When to raise an alarm: a figure of a service over a stretch of time stands above (or below) a
 * threshold for some time.
 *
 * @param name in Prometheus' files called {@code alert}
 * @param service that it holds for; empty for all
 * @param environment that it holds for; empty for all
 * @param over the stretch of time that the figure is taken from
 * @param lasting how long it must stand there before the alarm fires ({@code for})
 * @param keepFiring how long it must be fine again before the alarm is resolved
 * @param minRequests below that many requests the ratio and the latencies say nothing
 * @param severity critical, major or minor
 * @param summary in the words of who wrote the rule; empty for the usual sentence
 */
record AlertRule(
        String name,
        Figure figure,
        boolean above,
        double threshold,
        String service,
        String environment,
        Duration over,
        Duration lasting,
        Duration keepFiring,
        long minRequests,
        String severity,
        String summary) {

    /** What a rule may look at; the word is the one in the file. */
    enum Figure {
        ERROR_RATIO(true),
        LATENCY_P50(true),
        LATENCY_P95(true),
        LATENCY_P99(true),
        REQUESTS_PER_SECOND(false),
        INSTANCES_DOWN(false),
        CPU_SECONDS_PER_SECOND(false),
        MEMORY_BYTES(false);

        private final boolean needsRequests;

        Figure(boolean needsRequests) {
            this.needsRequests = needsRequests;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean needsRequests() {
            return needsRequests;
        }

        static Optional<Figure> of(String word) {
            return List.of(values()).stream().filter(f -> f.word().equals(word)).findFirst();
        }
    }

    static final List<String> SEVERITIES = List.of("critical", "major", "minor");

    /** What is watched where a project says nothing else. */
    static final List<AlertRule> USUAL =
            List.of(
                    usual("HighErrorRatio", Figure.ERROR_RATIO, 0.05, 60, 15, "critical"),
                    usual("SlowAnswers", Figure.LATENCY_P99, 2, 120, 60, "major"),
                    usual("InstanceDown", Figure.INSTANCES_DOWN, 0, 10, 15, "major"));

    private static AlertRule usual(
            String name, Figure figure, double above, int over, int lasting, String severity) {
        return new AlertRule(
                name,
                figure,
                true,
                above,
                "",
                "",
                Duration.ofSeconds(over),
                Duration.ofSeconds(lasting),
                Duration.ofSeconds(30),
                20,
                severity,
                "");
    }

    boolean holdsFor(ServiceKey key) {
        return (service.isEmpty() || service.equals(key.service()))
                && (environment.isEmpty() || environment.equals(key.environment()));
    }

    boolean breached(double value) {
        return above ? value > threshold : value < threshold;
    }
}
