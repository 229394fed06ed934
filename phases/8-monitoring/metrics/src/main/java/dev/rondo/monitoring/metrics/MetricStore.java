package dev.rondo.monitoring.metrics;

import dev.rondo.monitoring.metrics.MetricStoreException.Category;
import dev.rondo.telemetry.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics over time. {@link #append} is called by one sampler at a time, {@link #fetch} by anybody;
 * {@link #close} ends both. The folder belongs to one store of one process.
 */
public final class MetricStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricStore.class);
    private static final Pattern FILE = Pattern.compile("metrics-(\\d{4}-\\d{2}-\\d{2})\\.db");

    private final Path folder;
    private final MetricLimits limits;
    private final NavigableMap<LocalDate, Path> files = new ConcurrentSkipListMap<>();
    private final NavigableMap<LocalDate, DayFile> open = new ConcurrentSkipListMap<>();

    /** Decoding is work for the processor: a few platform threads, never the callers' own. */
    private final ExecutorService readers =
            Executors.newFixedThreadPool(
                    2, Thread.ofPlatform().daemon().name("metrics-read-", 0).factory());

    private LocalDate today = LocalDate.EPOCH;

    private MetricStore(Path folder, MetricLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /** Opens the store in a folder, which is made if it is not there. */
    public static MetricStore open(Path folder, MetricLimits limits) {
        var store = new MetricStore(folder, limits);
        try {
            Files.createDirectories(folder);
            try (var list = Files.list(folder)) {
                list.forEach(path -> {
                    var name = FILE.matcher(path.getFileName().toString());
                    if (name.matches()) {
                        store.files.put(LocalDate.parse(name.group(1)), path);
                    }
                });
            }
        } catch (IOException e) {
            throw new MetricStoreException(Category.STORAGE, "cannot use " + folder, e);
        }
        return store;
    }

    /**
     * Writes samples of one instant. When it returns, they survive a kill of the process.
     *
     * @param at microseconds since 1970, later than that of every call before
     * @return how many were taken; the others were beyond the limit of series, or too old
     */
    public synchronized int append(long at, List<Sample> samples) {
        var day = day(at);
        if (!day.equals(today)) {
            turnTo(day);
        }
        return file(day).append(at / 1000, samples, limits.series());
    }

    private void turnTo(LocalDate day) {
        var before = open.get(today);
        if (before != null) {
            before.finish();
        }
        today = day;
        for (var old : files.headMap(day.minusDays(limits.days() - 1L)).keySet()) {
            expire(old);
        }
    }

    private void expire(LocalDate day) {
        var file = open.remove(day);
        if (file != null) {
            file.close();
        }
        var path = files.remove(day);
        if (path == null) {
            return;
        }
        try {
            for (var suffix : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(path.resolveSibling(path.getFileName() + suffix));
            }
            LOG.info("metrics of {} have expired", day);
        } catch (IOException e) {
            LOG.warn("cannot delete {}", path, e);
        }
    }

    private synchronized DayFile file(LocalDate day) {
        var file = open.get(day);
        if (file == null) {
            var path = folder.resolve("metrics-" + day + ".db");
            file = openOrSetAside(path);
            files.put(day, path);
            open.put(day, file);
        }
        return file;
    }

    /** A damaged file must not stop the watching of today: it is set aside and named in the log. */
    private static DayFile openOrSetAside(Path path) {
        try {
            return new DayFile(path);
        } catch (MetricStoreException damaged) {
            var aside = path.resolveSibling(path.getFileName() + ".damaged");
            LOG.error("{} is damaged and set aside as {}", path, aside, damaged);
            try {
                Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
                Files.deleteIfExists(path.resolveSibling(path.getFileName() + "-wal"));
                Files.deleteIfExists(path.resolveSibling(path.getFileName() + "-shm"));
            } catch (IOException e) {
                throw new MetricStoreException(Category.STORAGE, "cannot set aside " + path, e);
            }
            return new DayFile(path);
        }
    }

    /**
     * The samples of all series that the selector matches, in the order of their labels.
     *
     * @param from first microsecond, included
     * @param to last microsecond, included
     */
    public List<Series> fetch(Selector selector, long from, long to) {
        return fetch(selector, from, to, 0);
    }

    /**
     * As above, but thinned out: of each step of that many microseconds the last sample, and each
     * one before a fall, so that counters keep what they counted.
     */
    public List<Series> fetch(Selector selector, long from, long to, long step) {
        var work =
                readers.submit(() -> {
                    var fetch = new Fetch(limits.fetched(), Math.max(1, step / 1000));
                    for (var day : files.subMap(day(from), true, day(to), true).keySet()) {
                        file(day)
                                .fetch(
                                        selector,
                                        Math.ceilDiv(from, 1000L),
                                        Math.floorDiv(to, 1000L),
                                        fetch);
                    }
                    return fetch.toSeries();
                });
        try {
            return work.get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MetricStoreException ours) {
                throw ours;
            }
            throw new MetricStoreException(Category.STORAGE, "cannot fetch " + selector, e);
        } catch (TimeoutException e) {
            work.cancel(true);
            throw new MetricStoreException(
                    Category.INTERRUPTED, "the fetch took longer than " + limits.patience(), e);
        } catch (InterruptedException e) {
            work.cancel(true);
            Thread.currentThread().interrupt();
            throw new MetricStoreException(Category.INTERRUPTED, "the fetch was interrupted", e);
        }
    }

    /** How many series today has, and how large the files are. */
    public synchronized MetricUsage usage() {
        var current = open.get(today);
        long bytes = 0;
        for (var path : files.values()) {
            bytes += path.toFile().length();
        }
        return new MetricUsage(
                current == null ? 0 : current.series(), limits.series(), files.size(), bytes);
    }

    @Override
    public synchronized void close() {
        readers.shutdownNow();
        open.values().forEach(DayFile::close);
        open.clear();
    }

    private static LocalDate day(long micros) {
        return LocalDate.ofInstant(
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L)), ZoneOffset.UTC);
    }
}
