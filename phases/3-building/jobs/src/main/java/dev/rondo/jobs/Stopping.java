package dev.rondo.jobs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Ends what runs as GitHub's runner does: an interrupt, a termination, then by force. */
public final class Stopping {
    private Stopping() {}

    /**
     * Returns once it has ended, or was told so by force.
     *
     * @param end completes when it has ended
     * @param signal sends it a signal, named as in {@code kill -s}
     * @param last takes away what it runs in
     */
    public static void inSteps(CompletableFuture<?> end, Consumer<String> signal, Runnable last) {
        signal.accept("INT");
        if (!done(end, Limits.INTERRUPT_GRACE)) {
            signal.accept("TERM");
            if (!done(end, Limits.TERMINATE_GRACE)) {
                signal.accept("KILL");
                if (!done(end, Limits.TERMINATE_GRACE)) {
                    last.run();
                }
            }
        }
    }

    private static boolean done(CompletableFuture<?> end, Duration grace) {
        try {
            end.get(grace.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
