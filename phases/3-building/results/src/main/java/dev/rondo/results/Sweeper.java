package dev.rondo.results;

import dev.rondo.phase.Spine;
import dev.rondo.store.Blobs;
import dev.rondo.store.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    /** What is younger does not go for its size: the run that it is of may still go on. */
    private static final Duration YOUNG = Duration.ofDays(1);

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
        evictArtifacts();
        evictCaches();
        logs.expire(project -> Instant.now().minus(keeping.of(project).logs().time()));
        logs.shrink(project -> keeping.of(project).logs().bytes(), Instant.now().minus(YOUNG));
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

    /** The oldest of those who have more than they may; none that a run may still ask for. */
    private void evictArtifacts() {
        long young = Micros.now() - ArtifactDesk.micros(YOUNG);
        for (String project : spine.store().read(ArchiveStore::projects)) {
            long most = keeping.of(project).artifacts().bytes();
            long over = spine.store().read(sql -> Use.of(sql, project)).artifactBytes() - most;
            while (over > 0) {
                var oldest =
                        spine.store().read(sql -> ArchiveStore.oldest(sql, project, young, ROWS));
                if (oldest.isEmpty()) {
                    break;
                }
                var go = new ArrayList<Archive>();
                for (var one : oldest) {
                    if (over > 0) {
                        go.add(one);
                        over -= one.content().size();
                    }
                }
                spine.store()
                        .update(tx -> go.forEach(one -> ArchiveStore.expire(tx, one.number())));
            }
        }
    }

    private void evictCaches() {
        for (String project : spine.store().read(CacheStore::projects)) {
            long since = Micros.now() - ArtifactDesk.micros(keeping.of(project).caches().time());
            var unused = spine.store().read(sql -> CacheStore.unused(sql, project, since, ROWS));
            while (!unused.isEmpty()) {
                var some = unused;
                spine.store().update(tx -> some.forEach(one -> CacheStore.delete(tx, one)));
                unused = spine.store().read(sql -> CacheStore.unused(sql, project, since, ROWS));
            }
        }
    }
}
