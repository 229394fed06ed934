package dev.rondo.kits;

import dev.rondo.kits.machine.PostgresServer;
import dev.rondo.kits.machine.Scratch;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Fresh, empty databases for tests: a SQLite file, and a database on a real PostgreSQL server.
 *
 * <pre>{@code
 * @ParameterizedTest
 * @MethodSource("dev.rondo.kits.Databases#both")
 * void appendsInOrder(Database database) { try (var store = Databases.open(database, List.of("dev/rondo/journal/db"))) … }
 * }</pre>
 */
public final class Databases {

    private static final Map<String, Database> TEMPLATES = new HashMap<>();

    private Databases() {}

    /** One of each; nothing is in them. */
    public static Stream<Database> both() {
        return Stream.of(sqlite(), postgres());
    }

    public static Database.Sqlite sqlite() {
        return new Database.Sqlite(Scratch.folder("test").resolve("rondo.db"));
    }

    /** A fresh database on the server of this test run, which is started if there is none yet. */
    public static Database.Postgres postgres() {
        var server = PostgresServer.running();
        var name =
                "test_" + Long.toHexString(System.nanoTime()) + "_" + ProcessHandle.current().pid();
        onServer("CREATE DATABASE " + name);
        return new Database.Postgres(server.url(name), "rondo", "rondo");
    }

    /**
     * Opens a store like {@link Store#open}. A database that is still empty gets its schema as a
     * copy of one that was migrated before in this test run, which is many times faster.
     */
    public static Store open(Database database, List<String> migrations) {
        switch (database) {
            case Database.Sqlite sqlite -> {
                if (!Files.exists(sqlite.file())) {
                    copy(template(Database.Sqlite.class, migrations, Databases::sqlite), sqlite);
                }
            }
            case Database.Postgres postgres -> {
                if (isEmpty(postgres)) {
                    copy(
                            template(Database.Postgres.class, migrations, Databases::postgres),
                            postgres);
                }
            }
        }
        return Store.open(database, migrations);
    }

    private static synchronized <D extends Database> D template(
            Class<D> kind, List<String> migrations, Supplier<D> fresh) {
        @SuppressWarnings("unchecked") // the key begins with the type
        var known = (D) TEMPLATES.get(kind.getName() + migrations);
        if (known == null) {
            known = fresh.get();
            Store.open(known, migrations).close();
            TEMPLATES.put(kind.getName() + migrations, known);
        }
        return known;
    }

    private static void copy(Database.Sqlite template, Database.Sqlite to) {
        try {
            Files.copy(template.file(), to.file());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isEmpty(Database.Postgres database) {
        try (var connection =
                        DriverManager.getConnection(
                                database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var tables =
                        statement.executeQuery(
                                "SELECT 1 FROM information_schema.tables"
                                        + " WHERE table_schema = 'public'")) {
            return !tables.next();
        } catch (SQLException failed) {
            throw new IllegalStateException("cannot look into a test database", failed);
        }
    }

    private static void copy(Database.Postgres template, Database.Postgres to) {
        onServer("DROP DATABASE " + name(to));
        onServer("CREATE DATABASE " + name(to) + " TEMPLATE " + name(template));
    }

    private static String name(Database.Postgres database) {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    private static void onServer(String command) {
        try (var connection =
                        DriverManager.getConnection(
                                PostgresServer.running().url("postgres"), "rondo", "rondo");
                var statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException failed) {
            throw new IllegalStateException(command, failed);
        }
    }
}
