package dev.rondo.git;

import dev.rondo.git.GitFailure.Category;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A few platform threads for what computes for long (histories of a path, diffs, whole trees): a
 * virtual thread would hold its carrier all the while. What waits too long is given up.
 */
final class Workers implements AutoCloseable {

    private static final int QUEUE = 200;
    private static final int MAX_SECONDS = 20;

    private final ThreadPoolExecutor pool;

    Workers() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(QUEUE),
                        Thread.ofPlatform().name("git-worker-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
    }

    <T> T call(Callable<T> work) {
        if (Thread.currentThread().getName().startsWith("git-worker-")) {
            return here(work);
        }
        try {
            var future = pool.submit(work);
            try {
                return future.get(MAX_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                future.cancel(true);
                throw new GitFailure(
                        Category.LIMIT, "gave up after " + MAX_SECONDS + " seconds", e);
            }
        } catch (RejectedExecutionException e) {
            throw new GitFailure(Category.BUSY, "too much to read at once", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GitFailure(Category.BUSY, "interrupted", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    /** On the caller's thread, with the same failures. */
    static <T> T here(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(Throwable cause) {
        return cause instanceof RuntimeException known
                ? known
                : new GitFailure(Category.BROKEN, "cannot read the repository", cause);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
