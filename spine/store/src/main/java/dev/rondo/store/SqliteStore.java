package dev.rondo.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * SQLite in WAL mode. One thread owns the only connection that writes; the transactions that wait
 * are committed together with one sync of the disk, each behind a savepoint of its own, so that one
 * that fails takes no other with it. Readers have a pool of their own and never wait for the
 * writer.
 */
final class SqliteStore extends Store {

    private static final int READERS = 8;
    private static final int WAITING_WRITES = 4096;
    private static final int BATCH = 128;
    private static final long BATCH_NANOS = 20_000_000;

    private final String where;
    private final HikariDataSource readers;
    private final Jdbi readJdbi;
    private final Handle writeHandle;
    private final BlockingQueue<Write<?>> waiting = new ArrayBlockingQueue<>(WAITING_WRITES);
    private final Thread writer;
    private volatile boolean closed;

    private SqliteStore(String where, HikariDataSource readers, Jdbi readJdbi, Handle writeHandle) {
        this.where = where;
        this.readers = readers;
        this.readJdbi = readJdbi;
        this.writeHandle = writeHandle;
        this.writer = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::writeAll);
    }

    static SqliteStore open(Database.Sqlite database, List<String> migrations) {
        var url = "jdbc:sqlite:" + database.file().toAbsolutePath();
        var writing = source(url);
        Migrations.run(writing, migrations, "BLOB", database.file().toString());
        var readers = new HikariDataSource();
        readers.setDataSource(source(url));
        readers.setMaximumPoolSize(READERS);
        readers.setMinimumIdle(1);
        readers.setPoolName("store-readers");
        readers.setAutoCommit(false);
        readers.setConnectionInitSql("PRAGMA query_only = 1");
        var writer = Jdbi.create(writing);
        writer.setStatementBuilderFactory(connection -> new StatementCache());
        var store =
                new SqliteStore(
                        database.file().toString(), readers, Jdbi.create(readers), writer.open());
        store.writer.start();
        return store;
    }

    private static SQLiteDataSource source(String url) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(10_000);
        config.enforceForeignKeys(true);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setCacheSize(-8_000);
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        var source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }

    @Override
    <T extends @Nullable Object, X extends Exception> T doRead(Work<? super Handle, T, X> work)
            throws X {
        try (var handle = readJdbi.open()) {
            handle.begin();
            try {
                return work.run(handle);
            } finally {
                handle.rollback();
            }
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the only checked exceptions that come out are the work's own
    <T extends @Nullable Object, X extends Exception> Done<T> doWrite(Work<? super Tx, T, X> work)
            throws X {
        var write = new Write<T>(new Tx(writeHandle), work, where);
        try {
            if (closed) {
                throw new StoreFailure(StoreFailure.Category.DATABASE, "the store is closed");
            }
            waiting.put(write);
            if (closed && !writer.isAlive()) {
                refuseWaiting();
            }
            return new Done<>(write.tx, await(write.result));
        } catch (ExecutionException failed) {
            var cause = failed.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw (X) cause;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreFailure(
                    StoreFailure.Category.DATABASE, "interrupted before the write began");
        }
    }

    /** Waits to the end even when interrupted: the caller must know whether it was committed. */
    private static <T extends @Nullable Object> T await(CompletableFuture<T> result)
            throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void writeAll() {
        var batch = new ArrayList<Write<?>>(BATCH);
        while (!(closed && waiting.isEmpty())) {
            try {
                batch.clear();
                batch.add(waiting.take());
                commitTogether(batch);
            } catch (InterruptedException strayed) {
                // Left behind by a transaction: nobody interrupts this thread.
            }
        }
    }

    /** What came between the last transaction and the end. */
    private void refuseWaiting() {
        Write<?> late;
        while ((late = waiting.poll()) != null) {
            late.fail(new StoreFailure(StoreFailure.Category.DATABASE, "the store is closed"));
            late.complete();
        }
    }

    private void commitTogether(List<Write<?>> batch) {
        var connection = writeHandle.getConnection();
        try {
            execute(connection, "BEGIN IMMEDIATE");
            long until = System.nanoTime() + BATCH_NANOS;
            runBehindSavepoint(connection, batch.getFirst());
            Write<?> next;
            while (batch.size() < BATCH
                    && System.nanoTime() < until
                    && (next = waiting.poll()) != null) {
                batch.add(next);
                runBehindSavepoint(connection, next);
            }
            execute(connection, "COMMIT");
        } catch (SQLException | RuntimeException failed) {
            rollback(connection);
            // The write that filled the disk took the whole transaction with it, and says why.
            var failure =
                    batch.stream()
                            .flatMap(write -> write.fullDisk().stream())
                            .findFirst()
                            .orElseGet(() -> Troubles.told(where, "nothing was written: ", failed));
            batch.forEach(write -> write.fail(failure));
        }
        batch.forEach(Write::complete);
    }

    private static void runBehindSavepoint(Connection connection, Write<?> write)
            throws SQLException {
        execute(connection, "SAVEPOINT one");
        if (!write.run()) {
            execute(connection, "ROLLBACK TO one");
        }
        execute(connection, "RELEASE one");
    }

    private static void rollback(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException nothingOpen) {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public void close() {
        closed = true;
        try {
            // Wakes the writer without interrupting what runs in a transaction.
            waiting.put(new Write<>(new Tx(writeHandle), tx -> true, where));
            writer.join(10_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        refuseWaiting();
        writeHandle.close();
        readers.close();
    }

    /** One transaction that waits for its turn; its result is told after the common commit. */
    private static final class Write<T extends @Nullable Object> {

        private final Tx tx;
        private final Work<? super Tx, T, ?> work;
        private final String where;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private @Nullable Outcome<T> outcome;

        Write(Tx tx, Work<? super Tx, T, ?> work, String where) {
            this.tx = tx;
            this.work = work;
            this.where = where;
        }

        boolean run() {
            try {
                T value = alone(() -> work.run(tx));
                outcome = new Outcome<>(value, null);
                return true;
            } catch (Throwable thrown) {
                outcome = new Outcome<>(null, Troubles.ofDisk(where, thrown));
                return false;
            }
        }

        Optional<StoreFailure> fullDisk() {
            return outcome != null
                            && outcome.failure() instanceof StoreFailure failure
                            && failure.category() == StoreFailure.Category.FULL
                    ? Optional.of(failure)
                    : Optional.empty();
        }

        void fail(Throwable failure) {
            if (outcome == null || outcome.failure() == null) {
                outcome = new Outcome<>(null, failure);
            }
        }

        @SuppressWarnings("NullAway") // the value is null exactly where T allows it
        void complete() {
            var known = outcome;
            if (known == null) {
                result.completeExceptionally(new IllegalStateException("the write did not run"));
            } else if (known.failure() != null) {
                result.completeExceptionally(known.failure());
            } else {
                result.complete(known.value());
            }
        }

        private record Outcome<T extends @Nullable Object>(
                @Nullable T value, @Nullable Throwable failure) {}
    }
}
