package dev.rondo.results;

import dev.rondo.phase.Spine;
import dev.rondo.store.Blobs;
import dev.rondo.store.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets go of what is too old or too much, every hour and at the start. */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final int ROWS = 500;

    /** Files that came within this time may belong to a row that is just being written. */
    private static final Duration SETTLING = Duration.ofMinutes(10);

    private final Spine spine;
    private final Keeping keeping;
    private final Blobs artifacts;
    private final Blobs caches;
    private final RunLogs logs;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("results-sweeper").factory());

    Sweeper(Spine spine, Keeping keeping, Blobs artifacts, Blobs caches, RunLogs logs) {
        this.spine = spine;
        this.keeping = keeping;
        this.artifacts = artifacts;
        this.caches = caches;
        this.logs = logs;
    }

    static Instant settled() {
        return Instant.now().minus(SETTLING);
    }

    void start() {
        clock.scheduleWithFixedDelay(this::sweepSafely, 1, 60, TimeUnit.MINUTES);
    }

    void stop() {
        clock.shutdownNow();
    }

    private void sweepSafely() {
        try {
            sweep(settled());
        } catch (RuntimeException e) {
            LOG.warn("artifacts and caches could not be swept: {}", e.toString());
        }
    }

    /** Files that were put before this moment and that no row needs are deleted. */
    void sweep(Instant putBefore) {
        expireArtifacts();
        evictCaches();
        logs.expire(project -> Instant.now().minus(keeping.of(project).logs()));
        artifacts.digests(digest -> {
            boolean needed = spine.store().read(sql -> ArchiveStore.needs(sql, digest));
            if (!needed) {
                artifacts.drop(digest, putBefore);
            }
        });
        caches.digests(digest -> {
            boolean needed = spine.store().read(sql -> CacheStore.needs(sql, digest));
            if (!needed) {
                caches.drop(digest, putBefore);
            }
        });
    }

    private void expireArtifacts() {
        long now = Micros.now();
        var due = spine.store().read(sql -> ArchiveStore.due(sql, now, ROWS));
        while (!due.isEmpty()) {
            var some = due;
            spine.store().update(tx -> some.forEach(one -> ArchiveStore.expire(tx, one.number())));
            due = spine.store().read(sql -> ArchiveStore.due(sql, now, ROWS));
        }
    }

    private void evictCaches() {
        for (String project : spine.store().read(CacheStore::projects)) {
            long since = Micros.now() - ArtifactDesk.micros(keeping.of(project).cacheUnused());
            var unused = spine.store().read(sql -> CacheStore.unused(sql, project, since, ROWS));
            while (!unused.isEmpty()) {
                var some = unused;
                spine.store().update(tx -> some.forEach(one -> CacheStore.delete(tx, one)));
                unused = spine.store().read(sql -> CacheStore.unused(sql, project, since, ROWS));
            }
        }
    }
}
