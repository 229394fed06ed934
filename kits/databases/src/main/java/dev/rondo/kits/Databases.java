package dev.rondo.kits;

import dev.rondo.kits.machine.PostgresServer;
import dev.rondo.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * Fresh, empty databases for tests: a SQLite file, and a database on a real PostgreSQL server.
 *
 * <pre>{@code
 * @ParameterizedTest
 * @MethodSource("dev.rondo.kits.Databases#both")
 * void appendsInOrder(Database database) { try (var store = Store.open(database, List.of("dev/rondo/journal/db"))) … }
 * }</pre>
 */
public final class Databases {

    private Databases() {}

    /** One of each; nothing is in them. */
    public static Stream<Database> both() {
        return Stream.of(sqlite(), postgres());
    }

    public static Database sqlite() {
        try {
            var folder = Files.createTempDirectory("rondo-test-");
            folder.toFile().deleteOnExit();
            return new Database.Sqlite(folder.resolve("rondo.db"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A fresh database on the server of this test run, which is started if there is none yet. */
    public static Database postgres() {
        var server = PostgresServer.running();
        var name =
                "test_" + Long.toHexString(System.nanoTime()) + "_" + ProcessHandle.current().pid();
        try (var connection =
                        DriverManager.getConnection(server.url("postgres"), "rondo", "rondo");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failed) {
            throw new IllegalStateException("cannot make a test database", failed);
        }
        return new Database.Postgres(server.url(name), "rondo", "rondo");
    }
}
