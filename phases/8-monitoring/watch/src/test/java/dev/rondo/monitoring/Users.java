package dev.rondo.monitoring;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Asks two versions all the time, from a thread of its own, until it is closed. */
final class Users implements AutoCloseable {

    private final Thread thread;
    private volatile boolean stopped;

    /**
     * @param brokenRoute of the candidate: one in five answers is an error; empty for none
     */
    Users(Rig rig, String stable, String candidate, double weight, String brokenRoute) {
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            var random = new Random(7);
                            while (!stopped) {
                                var isNew = random.nextDouble() < weight;
                                var route = random.nextInt(2) == 0 ? "/" : "/api/cart";
                                var bad =
                                        isNew
                                                && route.equals(brokenRoute)
                                                && random.nextInt(5) == 0;
                                rig.answered(
                                        isNew ? candidate : stable,
                                        route,
                                        bad ? "5xx" : "2xx",
                                        0.002 + random.nextDouble() * 0.004);
                                LockSupport.parkNanos(2_000_000);
                            }
                        });
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
