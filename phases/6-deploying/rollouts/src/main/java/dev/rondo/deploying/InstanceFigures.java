package dev.rondo.deploying;

import dev.rondo.sandbox.Instance;
import dev.rondo.telemetry.Labels;
import dev.rondo.telemetry.Telemetry;

/** What is measured of one instance, for monitoring. */
final class InstanceFigures {

    private static final String CPU = "rondo_instance_cpu_seconds_total";
    private static final String MEMORY = "rondo_instance_memory_bytes";
    private static final String UP = "rondo_instance_up";

    private final Telemetry telemetry;
    private final Labels labels;
    private double cpuSeconds;

    InstanceFigures(Telemetry telemetry, InstanceStore.Row row) {
        this.telemetry = telemetry;
        this.labels =
                Labels.of(
                        "project", row.place().project(),
                        "service", row.place().service(),
                        "environment", row.place().environment(),
                        "version", row.version(),
                        "instance", row.id());
    }

    void read(Instance instance, boolean healthy) {
        telemetry.gauge(UP, labels).set(healthy ? 1 : 0);
        instance.reading()
                .ifPresent(reading -> {
                    telemetry.gauge(MEMORY, labels).set(reading.memoryBytes());
                    // A process that was started again counts from zero.
                    double spent =
                            reading.cpuSeconds() >= cpuSeconds
                                    ? reading.cpuSeconds() - cpuSeconds
                                    : reading.cpuSeconds();
                    cpuSeconds = reading.cpuSeconds();
                    telemetry.counter(CPU, labels).add(spent);
                });
    }

    void down() {
        telemetry.gauge(UP, labels).set(0);
        cpuSeconds = 0;
    }

    void forget() {
        telemetry.forget(UP, labels);
        telemetry.forget(MEMORY, labels);
        telemetry.forget(CPU, labels);
    }
}
