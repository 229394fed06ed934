package dev.rondo.deploying.router;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** What the router knows of one instance while it is in use; outlives swaps of the table. */
final class Upstream {

    /** How long an instance that refused a connection is only tried when no other is left. */
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final Backend backend;
    private final URI uri;
    private final String key;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile long refusedAt;
    private volatile boolean refused;

    Upstream(Backend backend) {
        this.backend = backend;
        this.uri = URI.create("http://" + backend.host() + ":" + backend.port());
        this.key = Integer.toString(backend.id().hashCode(), 36).replace('-', 'z');
    }

    Backend backend() {
        return backend;
    }

    URI uri() {
        return uri;
    }

    /** Names the instance in a cookie without telling its id. */
    String key() {
        return key;
    }

    void enter() {
        inFlight.incrementAndGet();
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    int inFlight() {
        return inFlight.get();
    }

    void connectionRefused() {
        refusedAt = System.nanoTime();
        refused = true;
    }

    boolean pausing() {
        if (!refused) {
            return false;
        }
        if (System.nanoTime() - refusedAt > PAUSE_NANOS) {
            refused = false;
            return false;
        }
        return true;
    }
}
