package dev.rondo.git;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repacks a repository in the background after every so many pushes: one pack with a bitmap makes
 * clones cheap. One repository at a time; the counts are forgotten at a stop, which costs nothing
 * but a later repack.
 */
final class Tidying implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);

    private final NativeGit git;
    private final ConcurrentMap<Path, Integer> pushes = new ConcurrentHashMap<>();
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("git-tidying").daemon().factory());

    Tidying(NativeGit git) {
        this.git = git;
    }

    void pushed(Path repository) {
        int limit = git.settings().pushesPerTidying();
        int count = pushes.merge(repository, 1, Integer::sum);
        if (limit > 0 && count >= limit) {
            pushes.remove(repository);
            worker.execute(() -> tidy(repository));
        }
    }

    void tidy(Path repository) {
        try {
            git.run(repository, "gc", "--quiet");
        } catch (GitFailure e) {
            LOG.warn("cannot repack {}", repository, e);
        }
    }

    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(5, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
