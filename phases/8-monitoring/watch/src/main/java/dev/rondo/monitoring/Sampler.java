package dev.rondo.monitoring;

import dev.rondo.monitoring.metrics.MetricStore;
import dev.rondo.monitoring.metrics.MetricStoreException;
import dev.rondo.store.Micros;
import dev.rondo.telemetry.Labels;
import dev.rondo.telemetry.Sample;
import dev.rondo.telemetry.Telemetry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what Rondo measures into the store: every second, four times a second while a judgement
 * runs. Times are those of the beat as long as the look is on time, which makes them regular and
 * the chunks small.
 */
final class Sampler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    private static final long CALM = 1_000_000;
    private static final long HURRIED = 250_000;

    /** A look that is later than this after its beat bears its own time. */
    private static final long LATE = 20_000;

    /** What is not Rondo's own, such as the JVM's figures, moves slowly. */
    private static final long SLOW = 10_000_000;

    private final Telemetry telemetry;
    private final MetricStore metrics;
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final Telemetry.Counter stored;
    private final Telemetry.Counter refused;
    private final Thread thread;
    private Set<Known> known = new HashSet<>();
    private volatile boolean hurried;
    private volatile boolean stopped;
    private boolean failing;

    private record Known(String name, Labels labels) {}

    Sampler(Telemetry telemetry, MetricStore metrics) {
        this.telemetry = telemetry;
        this.metrics = metrics;
        this.stored = samples("stored");
        this.refused = samples("refused");
        this.thread = Thread.ofPlatform().daemon().name("monitoring-sampler").unstarted(this::run);
    }

    private Telemetry.Counter samples(String outcome) {
        return telemetry.counter("rondo_monitoring_samples_total", Labels.of("outcome", outcome));
    }

    /** Called after each batch with its time; must only wake another thread. */
    void onSampled(LongConsumer listener) {
        listeners.add(listener);
    }

    void start() {
        thread.start();
    }

    /** Whether to sample more often from now on. */
    void hurry(boolean on) {
        if (hurried != on) {
            hurried = on;
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        long lastBeat = 0;
        long last = 0;
        while (!stopped) {
            var period = hurried ? HURRIED : CALM;
            var beat = Micros.now() / period * period;
            if (beat > lastBeat) {
                var samples = telemetry.samples();
                var at = stamp(beat, Micros.now());
                if (at > last + 1000) {
                    sample(at, samples, beat / SLOW > lastBeat / SLOW);
                    last = at;
                }
                lastBeat = beat;
            }
            LockSupport.parkNanos((beat + period - Micros.now()) * 1000);
        }
    }

    /**
     * The beat, unless the look came late: what happened since the beat must not be dated before
     * it, or a judgement that was asked for meanwhile would miss it.
     */
    private static long stamp(long beat, long now) {
        return now - beat <= LATE ? beat : now / 1000 * 1000;
    }

    private void sample(long at, List<Sample> samples, boolean slow) {
        try {
            write(at, samples, slow);
            if (failing) {
                failing = false;
                LOG.info("metrics are written again");
            }
        } catch (MetricStoreException e) {
            if (!failing) {
                failing = true;
                LOG.error("metrics cannot be written; said once until they can again", e);
            }
        } catch (RuntimeException e) {
            LOG.error("a sample went wrong", e);
        }
        listeners.forEach(listener -> listener.accept(at));
    }

    private void write(long at, List<Sample> all, boolean slow) {
        var wanted = all.stream().filter(s -> s.name().startsWith("rondo_") || slow).toList();
        var now = new HashSet<Known>(wanted.size() * 2);
        var zeros =
                wanted.stream()
                        .filter(s -> s.kind() == Sample.Kind.COUNTER)
                        .filter(s -> {
                            var key = new Known(s.name(), s.labels());
                            now.add(key);
                            return !known.contains(key);
                        })
                        .map(s -> new Sample(s.name(), s.labels(), s.kind(), 0))
                        .toList();
        if (!slow) {
            // Slow figures were not looked at now, but are known all the same.
            known.stream().filter(k -> !k.name().startsWith("rondo_")).forEach(now::add);
        }
        if (!zeros.isEmpty()) {
            metrics.append(at - 1000, zeros);
        }
        var taken = metrics.append(at, wanted);
        if (taken > 0) {
            // A batch that came too soon after a restart was not taken: its zeros are still due.
            known = now;
        }
        stored.add(taken);
        refused.add(wanted.size() - (double) taken);
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
