package dev.rondo.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL: a pool of connections, each transaction on the thread that asks for it. */
final class PostgresStore extends Store {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);
    private static final int CONNECTIONS = 20;
    private static final int LISTEN_MILLIS = 1_000;

    private final String where;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private PostgresStore(String where, HikariDataSource pool) {
        this.where = where;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    static PostgresStore open(Database.Postgres database, List<String> migrations) {
        var config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setPoolName("store");
        requireReachable(database);
        var pool = new HikariDataSource(config);
        try {
            Migrations.run(pool, migrations, "BYTEA", database.toString());
        } catch (RuntimeException failed) {
            pool.close();
            throw failed;
        }
        return new PostgresStore(database.toString(), pool);
    }

    /** Before the pool, which would try for seconds and log what it tries. */
    private static void requireReachable(Database.Postgres database) {
        DriverManager.setLoginTimeout(10);
        try (var ignored =
                DriverManager.getConnection(database.url(), database.user(), database.password())) {
            LOG.debug("{} answers", database);
        } catch (SQLException unreachable) {
            throw new StoreFailure(
                    StoreFailure.Category.DATABASE,
                    "cannot use the database "
                            + database
                            + " as "
                            + (database.user().isEmpty() ? "nobody" : database.user())
                            + ": "
                            + Troubles.oneLine(unreachable.getMessage())
                            + "; check --database and that PostgreSQL runs there",
                    unreachable);
        }
    }

    @Override
    <T extends @Nullable Object, X extends Exception> T doRead(Work<? super Handle, T, X> work)
            throws X {
        try (var handle = jdbi.open()) {
            handle.setReadOnly(true);
            handle.setTransactionIsolation(TransactionIsolationLevel.REPEATABLE_READ);
            handle.begin();
            try {
                return work.run(handle);
            } finally {
                handle.rollback();
            }
        }
    }

    @Override
    <T extends @Nullable Object, X extends Exception> Done<T> doWrite(Work<? super Tx, T, X> work)
            throws X {
        try (var handle = jdbi.open()) {
            var tx = new Tx(handle);
            T value = alone(() -> handle.inTransaction(inside -> work.run(tx)));
            return new Done<>(tx, value);
        } catch (JdbiException failed) {
            throw Troubles.ofDisk(where, failed) instanceof StoreFailure full ? full : failed;
        }
    }

    @Override
    public void tell(Tx tx, String channel) {
        tx.sql().createQuery("SELECT pg_notify(?, '')").bind(0, channel).mapTo(String.class).one();
    }

    @Override
    public void listen(String channel, Runnable listener) {
        Thread.ofVirtual().name("listen-" + channel).start(() -> hear(channel, listener));
    }

    private void hear(String channel, Runnable listener) {
        while (!pool.isClosed()) {
            try (var connection = pool.getConnection()) {
                try (var statement = connection.createStatement()) {
                    statement.execute("LISTEN " + channel);
                }
                // What came while nobody listened.
                listener.run();
                var wire = connection.unwrap(PGConnection.class);
                while (!pool.isClosed()) {
                    var notifications = wire.getNotifications(LISTEN_MILLIS);
                    if (notifications != null && notifications.length > 0) {
                        listener.run();
                    }
                }
            } catch (SQLException lost) {
                if (!pool.isClosed()) {
                    LOG.warn("lost the connection that listens to {}", channel, lost);
                    LockSupport.parkNanos(1_000_000_000L);
                }
            }
        }
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public void close() {
        pool.close();
    }
}
