package dev.rondo.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repacks a repository in the background after every so many pushes, and at once after one that
 * brought much: one pack with a bitmap makes clones cheap. One repository at a time; the counts are
 * forgotten at a stop, which costs nothing but a later repack.
 */
final class Tidying implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);

    private static final long MUCH_BYTES = 1 << 20;

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
        if (limit > 0 && (count >= limit || broughtMuch(repository))) {
            pushes.remove(repository);
            worker.execute(() -> tidy(repository));
        }
    }

    /** Whether packs as they were pushed are no longer small beside those that were repacked. */
    private static boolean broughtMuch(Path repository) {
        long pushed = 0;
        long repacked = 0;
        try (var packs = Files.newDirectoryStream(repository.resolve("objects/pack"), "*.pack")) {
            for (var pack : packs) {
                var bitmap = pack.toString().replaceFirst("\\.pack$", ".bitmap");
                if (Files.exists(Path.of(bitmap))) {
                    repacked += Files.size(pack);
                } else {
                    pushed += Files.size(pack);
                }
            }
        } catch (IOException repackedMeanwhile) {
            return false;
        }
        return pushed > MUCH_BYTES && pushed > repacked / 4;
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
