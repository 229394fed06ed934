package dev.rondo.kits.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of the tests' own, from Debian's package, in a folder that goes with it. The
 * environment variable {@code RONDO_TEST_POSTGRES} ({@code host:port}, user and password {@code
 * rondo}) names one that runs already.
 */
public final class PostgresServer {

    private static @Nullable PostgresServer running;

    private final String hostAndPort;

    private PostgresServer(String hostAndPort) {
        this.hostAndPort = hostAndPort;
    }

    /** The one of this test process; it is started by the first who asks. */
    public static synchronized PostgresServer running() {
        var known = running;
        if (known == null) {
            var given = System.getenv("RONDO_TEST_POSTGRES");
            known = given == null || given.isEmpty() ? start() : new PostgresServer(given);
            running = known;
        }
        return known;
    }

    /** Host and port, such as {@code 127.0.0.1:5432}. */
    public String address() {
        return hostAndPort;
    }

    /** JDBC's URL of a database; user and password are {@code rondo}. */
    public String url(String database) {
        return "jdbc:postgresql://" + hostAndPort + "/" + database;
    }

    private static PostgresServer start() {
        try {
            var binaries = binaries();
            var folder = Files.createTempDirectory("rondo-postgres-");
            int port = freePort();
            boolean root = "root".equals(System.getProperty("user.name"));
            if (root) {
                run(List.of("chown", "postgres", folder.toString()));
            }
            var data = folder.resolve("data").toString();
            var password = folder.resolve("password");
            Files.writeString(password, "rondo\n");
            run(
                    asPostgres(
                            root,
                            binaries.resolve("initdb").toString(),
                            "-D",
                            data,
                            "-U",
                            "rondo",
                            "-A",
                            // A tenth of the processor's time in tests went into SCRAM's rounds.
                            "md5",
                            "--pwfile=" + password,
                            "--no-sync",
                            "-E",
                            "UTF8"));
            serve(root, binaries.resolve("pg_ctl").toString(), folder, port);
            return new PostgresServer("127.0.0.1:" + port);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void serve(boolean root, String control, Path folder, int port) {
        var data = folder.resolve("data").toString();
        run(
                asPostgres(
                        root,
                        control,
                        "-D",
                        data,
                        "-w",
                        "-l",
                        folder.resolve("data/server.log").toString(),
                        "-o",
                        "-p "
                                + port
                                + " -c listen_addresses=127.0.0.1 -c fsync=off"
                                + " -c max_connections=300 -c unix_socket_directories="
                                + data,
                        "start"));
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            run(asPostgres(root, control, "-D", data, "-m", "immediate", "stop"));
                            delete(folder);
                        }));
    }

    private static Path binaries() throws IOException {
        var root = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(root)) {
            try (var versions = Files.list(root)) {
                var newest =
                        versions.map(version -> version.resolve("bin"))
                                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                                .max(Comparator.naturalOrder());
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        throw new IllegalStateException(
                "PostgreSQL is missing: apt-get install postgresql, or set RONDO_TEST_POSTGRES");
    }

    private static List<String> asPostgres(boolean root, String... command) {
        var whole = new ArrayList<String>();
        if (root) {
            // The server refuses to run as root.
            whole.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        whole.addAll(List.of(command));
        return whole;
    }

    private static void run(List<String> command) {
        try {
            var output = Files.createTempFile("rondo-postgres-", ".log");
            var process =
                    new ProcessBuilder(command)
                            .directory(Path.of("/tmp").toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + Files.readString(output));
            }
            Files.delete(output);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException left) {
            // The system's own sweep of temporary files takes it.
        }
    }
}
