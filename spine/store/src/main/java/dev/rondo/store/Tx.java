package dev.rondo.store;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * One short write transaction. Never wait inside for another thread: on SQLite all transactions run
 * one after another.
 */
public final class Tx {

    private final Handle handle;
    private final String origin = Origin.here();
    private final List<Runnable> afterCommit = new ArrayList<>(2);

    Tx(Handle handle) {
        this.handle = handle;
    }

    /** Plain SQL that SQLite and PostgreSQL both understand. */
    public Handle sql() {
        return handle;
    }

    /** The address from which it was asked for; empty where Rondo works by itself. */
    public String origin() {
        return origin;
    }

    /**
     * Runs once the transaction is durable, on the thread that asked for it; not at all if it
     * fails. For waking workers: it must be quick and must not throw.
     */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    List<Runnable> actions() {
        return afterCommit;
    }
}
