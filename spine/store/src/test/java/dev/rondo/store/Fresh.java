package dev.rondo.store;

import dev.rondo.kits.machine.PostgresServer;
import dev.rondo.kits.machine.Scratch;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Empty databases of both kinds; the kits that other modules use stand on this one. */
final class Fresh {

    static final List<String> OLD = List.of("dev/rondo/store/old");
    static final List<String> NEWER = List.of("dev/rondo/store/old", "dev/rondo/store/newer");

    private Fresh() {}

    static Stream<Database> databases() {
        return Stream.of(sqlite(), postgres());
    }

    static Database.Sqlite sqlite() {
        return new Database.Sqlite(Scratch.folder("store").resolve("rondo.db"));
    }

    static Database.Postgres postgres() {
        var server = PostgresServer.running();
        var name = "store_" + Ids.next().replace("-", "");
        try (var connection =
                        DriverManager.getConnection(server.url("postgres"), "rondo", "rondo");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return new Database.Postgres(server.url(name), "rondo", "rondo");
    }

    static void insert(Tx tx, long id) {
        tx.sql().execute("INSERT INTO things (id, name) VALUES (?, ?)", id, "thing " + id);
    }

    static List<Long> ids(Store store) {
        return store.read(sql ->
                sql.createQuery("SELECT id FROM things ORDER BY id").mapTo(Long.class).list());
    }
}
