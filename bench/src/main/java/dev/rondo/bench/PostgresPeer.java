package dev.rondo.bench;

import dev.rondo.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A PostgreSQL server of the workbench's own that syncs its disk, as a real one does. */
final class PostgresPeer {

    private static final String NAME = "rondo";

    private PostgresPeer() {}

    static Database start(Workbench bench) throws IOException, InterruptedException {
        var binaries = binaries();
        var folder = bench.folder("postgres");
        var password = bench.write("postgres/password", NAME + "\n");
        if (Workbench.root()) {
            bench.run(folder, "chown", "-R", "postgres", folder.toString());
        }
        var data = folder.resolve("data").toString();
        var init =
                asPostgres(
                        binaries.resolve("initdb").toString(),
                        "-D",
                        data,
                        "-U",
                        NAME,
                        "-A",
                        "scram-sha-256",
                        "--pwfile=" + password,
                        "-E",
                        "UTF8");
        bench.run(folder, init.toArray(String[]::new));
        int port = Workbench.freePort();
        var log = bench.path("postgres.log");
        bench.start(
                folder,
                log,
                asPostgres(
                        binaries.resolve("postgres").toString(),
                        "-D",
                        data,
                        "-p",
                        "" + port,
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=" + data));
        Nginx.awaitPort(port, log);
        return new Database.Postgres(database(port), NAME, NAME);
    }

    /** The port is open a little before the server takes anybody in. */
    private static String database(int port) throws InterruptedException {
        var url = "jdbc:postgresql://127.0.0.1:" + port + "/";
        for (int attempt = 0; ; attempt++) {
            try (var connection = DriverManager.getConnection(url + "postgres", NAME, NAME);
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE bench");
                return url + "bench";
            } catch (SQLException starting) {
                if (attempt == 100) {
                    throw new BenchFailure("PostgreSQL does not start", starting);
                }
                Thread.sleep(100);
            }
        }
    }

    private static Path binaries() throws IOException {
        try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new BenchFailure("apt-get install postgresql"));
        }
    }

    private static List<String> asPostgres(String... command) {
        var whole = new ArrayList<String>();
        if (Workbench.root()) {
            // The server refuses to run as root.
            whole.addAll(
                    List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        }
        whole.addAll(List.of(command));
        return whole;
    }
}
