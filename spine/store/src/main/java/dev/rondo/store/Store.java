package dev.rondo.store;

import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The database. Reads see one consistent state; writes are all or nothing. Both run plain SQL
 * through Jdbi. Safe for many threads. A transaction inside a transaction is a mistake and throws,
 * because it could neither see nor wait for the outer one: pass {@link Tx} or {@link Handle} on.
 */
public abstract sealed class Store implements AutoCloseable permits SqliteStore, PostgresStore {

    private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

    /**
     * Opens the database and brings its schema up to date.
     *
     * @param migrations class path folders, such as {@code dev/rondo/journal/db}
     * @throws StoreFailure when it cannot be reached or its schema is newer than the program
     */
    public static Store open(Database database, List<String> migrations) {
        return switch (database) {
            case Database.Sqlite sqlite -> SqliteStore.open(sqlite, migrations);
            case Database.Postgres postgres -> PostgresStore.open(postgres, migrations);
        };
    }

    /**
     * Opens a database as it is, for a look at it beside a running Rondo.
     *
     * @throws StoreFailure when there is none
     */
    public static Store openExisting(Database database) {
        if (database instanceof Database.Sqlite sqlite && !Files.isRegularFile(sqlite.file())) {
            throw new StoreFailure(
                    StoreFailure.Category.DATABASE, "there is no database " + sqlite.file());
        }
        return open(database, List.of());
    }

    /** Reads; all queries inside see the same state. */
    public final <T extends @Nullable Object, X extends Exception> T read(
            Work<? super Handle, T, X> work) throws X {
        return alone(() -> doRead(work));
    }

    /**
     * Writes in one transaction: it returns once the commit is durable, or throws and nothing
     * happened.
     */
    public final <T extends @Nullable Object, X extends Exception> T write(
            Work<? super Tx, T, X> work) throws X {
        requireOutside();
        var done = doWrite(work);
        done.tx().actions().forEach(Runnable::run);
        return done.value();
    }

    /** Writes like {@link #write}, with nothing to give back. */
    public final void update(Consumer<Tx> work) {
        var ignored =
                this.<Boolean, RuntimeException>write(tx -> {
                    work.accept(tx);
                    return true;
                });
    }

    /**
     * Calls back when another process has sent a notification on the channel; at once nothing where
     * the database belongs to this process alone.
     */
    public void listen(String channel, Runnable listener) {}

    /** Tells the processes that share the database, once this transaction is committed. */
    public void tell(Tx tx, String channel) {}

    abstract <T extends @Nullable Object, X extends Exception> T doRead(
            Work<? super Handle, T, X> work) throws X;

    abstract <T extends @Nullable Object, X extends Exception> Done<T> doWrite(
            Work<? super Tx, T, X> work) throws X;

    /** Whether several Rondo processes may share this database. */
    public abstract boolean shared();

    @Override
    public abstract void close();

    record Done<T extends @Nullable Object>(Tx tx, T value) {}

    interface Call<T extends @Nullable Object, X extends Exception> {
        T call() throws X;
    }

    /** Marks the thread as being inside a transaction while the call runs. */
    static <T extends @Nullable Object, X extends Exception> T alone(Call<T, X> call) throws X {
        requireOutside();
        INSIDE.set(true);
        try {
            return call.call();
        } finally {
            INSIDE.set(false);
        }
    }

    private static void requireOutside() {
        if (INSIDE.get()) {
            throw new IllegalStateException(
                    "a transaction is open on this thread: use its handle instead of a second one");
        }
    }
}
