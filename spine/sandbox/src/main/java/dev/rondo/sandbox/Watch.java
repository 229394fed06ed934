package dev.rondo.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every program four times a second for the limits that the kernel does not enforce, or
 * enforces without a word. Its threads are platform threads: walking a tree of files would hold up
 * virtual ones.
 */
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final long TICK_MILLIS = 250;
    private static final long WALK_MILLIS = 15_000;
    private static final long MIB = 1024 * 1024;

    private final Set<Confined> watched = ConcurrentHashMap.newKeySet();
    private final Map<Confined, Disk> disks = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(thread("sandbox-watch"));
    private final ScheduledExecutorService walker =
            Executors.newSingleThreadScheduledExecutor(thread("sandbox-disk"));

    /** What was last known of the files of one program. */
    private record Disk(long bytes, long free, long atNanos) {}

    Watch() {
        ticker.scheduleWithFixedDelay(
                () -> watched.forEach(this::look), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        walker.scheduleWithFixedDelay(
                () -> watched.forEach(this::measure),
                TICK_MILLIS,
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private static java.util.concurrent.ThreadFactory thread(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }

    void add(Confined program) {
        watched.add(program);
    }

    void remove(Confined program) {
        watched.remove(program);
        disks.remove(program);
    }

    private void look(Confined program) {
        try {
            var limits = program.facts().limits();
            var time = limits.wallTime();
            if (!time.isZero() && program.age().compareTo(time) > 0) {
                program.exceed(Limit.WALL_TIME, "stopped after the time limit of " + seconds(time));
            } else if (program.group().memoryKills() > 0) {
                program.exceed(Limit.MEMORY, memoryMessage(program));
            } else if (program.facts().job() && program.group().refusedForks() > 0) {
                program.exceed(Limit.PROCESSES, processMessage(limits));
            } else if (program.group().none()) {
                lookWithoutGroup(program, limits);
            }
            if (!program.facts().job()) {
                turnOver(program.facts().paths().log(), limits.outputBytes());
            }
        } catch (RuntimeException | IOException e) {
            LOG.warn("cannot watch {}: {}", program.folder().id(), e.toString());
        }
    }

    private static void lookWithoutGroup(Confined program, Limits limits) {
        if (limits.memoryBytes() > 0 && program.reading().memoryBytes() > limits.memoryBytes()) {
            program.exceed(Limit.MEMORY, memoryMessage(program));
        } else if (limits.processes() > 0 && program.tasks() > limits.processes()) {
            program.exceed(Limit.PROCESSES, processMessage(limits));
        }
    }

    /**
     * Files are counted when the free space fell by so much that the limit may be reached, and from
     * time to time in any case, since others may have freed space meanwhile.
     */
    private void measure(Confined program) {
        long limit = program.facts().limits().diskBytes();
        if (limit == 0 || program.facts().watched().isEmpty()) {
            return;
        }
        try {
            long free = Files.getFileStore(program.facts().watched().getFirst()).getUsableSpace();
            var last = disks.getOrDefault(program, new Disk(0, Long.MAX_VALUE, 0));
            boolean mayBeFull = last.free() - free > (limit - last.bytes()) / 2;
            boolean old = System.nanoTime() - last.atNanos() > WALK_MILLIS * 1_000_000;
            if (!mayBeFull && !old) {
                return;
            }
            long bytes = 0;
            for (var path : program.facts().watched()) {
                bytes += size(path);
            }
            disks.put(program, new Disk(bytes, free, System.nanoTime()));
            if (bytes > limit) {
                program.exceed(Limit.DISK, diskMessage(program));
            }
        } catch (RuntimeException | IOException e) {
            LOG.warn("cannot measure {}: {}", program.folder().id(), e.toString());
        }
    }

    private static long size(Path root) throws IOException {
        var sum = new long[1];
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path dir, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return sum[0];
    }

    /** Copies and empties: the program writes on into the same file, at its new end. */
    private static void turnOver(Path log, long limit) throws IOException {
        if (limit > 0 && Files.isRegularFile(log) && Files.size(log) > limit) {
            Files.copy(
                    log,
                    log.resolveSibling(log.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.newByteChannel(log, StandardOpenOption.WRITE).truncate(0).close();
        }
    }

    static String memoryMessage(Confined program) {
        return "killed: it needed more than the memory limit of %d MiB"
                .formatted(program.facts().limits().memoryBytes() / MIB);
    }

    static String diskMessage(Confined program) {
        return "killed: its files grew over the disk limit of %d MiB"
                .formatted(program.facts().limits().diskBytes() / MIB);
    }

    private static String processMessage(Limits limits) {
        return "killed: it started more than the limit of %d processes"
                .formatted(limits.processes());
    }

    private static String seconds(java.time.Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        walker.shutdownNow();
    }
}
