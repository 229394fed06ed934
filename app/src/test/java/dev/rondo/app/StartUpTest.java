package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.kits.Databases;
import dev.rondo.kits.machine.SmallDisk;
import dev.rondo.store.DataDirectory;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in the way of a start: one line that says what, where and what to do; exit 1. */
class StartUpTest {

    @TempDir Path folder;
    private Path data;

    @BeforeEach
    void choose() {
        data = folder.resolve("data");
    }

    @Test
    void aPortInUseIsNamedAndNothingIsMade() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = String.valueOf(taken.getLocalPort());
            assertThat(refused("--port", port, "--router-port", "0"))
                    .isEqualTo(
                            "rondo: 127.0.0.1:%s is in use by another program; stop it, or choose"
                                            .formatted(port)
                                    + " another port with --port");
            assertThat(refused("--port", "0", "--router-port", port))
                    .contains("127.0.0.1:" + port)
                    .endsWith("another port with --router-port");
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void aDataDirectoryInUseIsNamedWithTheProcessThatUsesIt() throws Exception {
        try (var held = DataDirectory.open(data)) {
            var before = files(held.root());
            assertThat(refused())
                    .isEqualTo(
                            "rondo: another Rondo (process %d) uses %s; stop it, or choose another --data"
                                    .formatted(ProcessHandle.current().pid(), data));
            assertThat(files(data)).isEqualTo(before);
        }
    }

    @Test
    void aDataDirectoryThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(data, "a file of mine");
        assertThat(refused())
                .contains("cannot write to " + data)
                .contains("not a folder")
                .endsWith("choose another --data");
        assertThat(data).hasContent("a file of mine");
    }

    @Test
    void aDiskThatIsFullOrReadOnlyIsNamed() throws Exception {
        assumeTrue(SmallDisk.possible(), "only root may mount a small disk");
        try (var disk = SmallDisk.mount(1)) {
            data = disk.folder();
            disk.fill();
            assertThat(refused())
                    .contains("the disk is full")
                    .contains(data.toString())
                    .contains("free space");
            disk.free();
            disk.remount("ro");
            assertThat(refused())
                    .contains("cannot write to " + data)
                    .contains("Read-only file system")
                    .endsWith("choose another --data");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aDatabaseOfANewerVersionIsLeftAsItIs(Database database) throws Exception {
        try (var store = Store.open(database, Rondo.migrations())) {
            store.update(tx ->
                    tx.sql()
                            .execute(
                                    "INSERT INTO rondo_migrations (installed_rank, version,"
                                            + " description, type, script, checksum, installed_by,"
                                            + " installed_on, execution_time, success) SELECT 999999,"
                                            + " '999999', 'from the future', type,"
                                            + " 'V999999__from_the_future.sql', 1, installed_by,"
                                            + " installed_on, 1, success FROM rondo_migrations WHERE"
                                            + " installed_rank = (SELECT max(installed_rank) FROM"
                                            + " rondo_migrations)"));
        }
        var before = migrations(database);
        assertThat(refused("--database", address(database)))
                .contains(
                        database instanceof Database.Sqlite sqlite
                                ? sqlite.file().toString()
                                : database.toString())
                .contains("was written by a newer version of Rondo")
                .contains("start the newer version, or restore the backup");
        assertThat(migrations(database)).isEqualTo(before);
    }

    private static List<String> migrations(Database database) {
        try (var store = Store.openExisting(database)) {
            return store.read(sql ->
                    sql.createQuery("SELECT script FROM rondo_migrations ORDER BY installed_rank")
                            .mapTo(String.class)
                            .list());
        }
    }

    private static String address(Database database) {
        return switch (database) {
            case Database.Sqlite sqlite -> "sqlite:" + sqlite.file();
            case Database.Postgres postgres ->
                    postgres.url()
                            .replace(
                                    "jdbc:postgresql://",
                                    "postgresql://"
                                            + postgres.user()
                                            + ":"
                                            + postgres.password()
                                            + "@");
        };
    }

    @Test
    void aFileThatIsNoDatabaseIsLeftAsItIs() throws Exception {
        var file = Files.writeString(folder.resolve("letter"), "Dear Ada, ".repeat(200));
        assertThat(refused("--database", "sqlite:" + file))
                .contains(file.toString())
                .contains("not a database");
        assertThat(file).hasContent("Dear Ada, ".repeat(200));
    }

    @Test
    void postgresThatDoesNotAnswerOrRefusesIsNamedWithoutThePassword() throws Exception {
        int nobody = ServerProcess.freePort();
        assertThat(refused("--database", "postgresql://ada:open-sesame@127.0.0.1:" + nobody + "/x"))
                .contains("cannot use the database jdbc:postgresql://127.0.0.1:" + nobody + "/x")
                .contains("refused")
                .contains("check --database")
                .doesNotContain("open-sesame");
        var wrong = address(Databases.postgres()).replace(":rondo@", ":open-sesame@");
        assertThat(refused("--database", wrong))
                .contains("password authentication failed")
                .doesNotContain("open-sesame");
    }

    @Test
    void aSandboxThatDoesNotWorkIsNamedWithTheWayOut() throws Exception {
        var bin = Files.createDirectory(folder.resolve("bin"));
        var ofTheLauncher = "cat dirname find paste readlink sed stat uname";
        var ofTheSandbox = "bash mkfifo nsenter perl prlimit setpriv setsid slirp4netns unshare";
        for (var tool : (ofTheLauncher + " " + ofTheSandbox).split(" ")) {
            Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool));
        }
        assertThat(refused(Map.of("PATH", bin.toString())))
                .contains(
                        "cannot be walled in here: bwrap is missing: install the package"
                                + " bubblewrap.")
                .contains("apt-get install bubblewrap")
                .contains("--sandbox=off");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--prot=1 | Unknown option: '--prot=1' | rondo up --help lists what there is",
                "--port | Missing required parameter for option '--port' | rondo up --help",
                "--port web | --port: a port is a number from 0 to 65535, not web |",
                "--port 65536 | --port: a port is a number from 0 to 65535, not 65536 |",
                "--port 8080 --router-port 8080 | both 8080 | a port each",
                "--host nowhere.invalid | the host nowhere.invalid is not known | --host",
                "--host 192.0.2.1 | cannot listen on 192.0.2.1 | an address of this machine",
                "--public-url rondo | --public-url: an address such as https:// | not rondo",
                "--database mysql://a:s3cret@b/c | --database: sqlite:FILE or postgresql:// |",
                "--database postgres://a:s3cret@b | --database: sqlite:FILE | names no database",
                "--sandbox maybe | --sandbox: on or off, not maybe |",
                "--config none.toml | --config: there is no file | none.toml",
            })
    void aBadFlagIsToldInOneLine(String line, String what, String hint) throws Exception {
        var arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
        arguments.addAll(List.of(line.strip().split(" ")));
        var said = new java.io.ByteArrayOutputStream();
        var console = System.err;
        System.setErr(new java.io.PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(arguments.toArray(String[]::new))).isEqualTo(1);
        } finally {
            System.setErr(console);
        }
        assertThat(said.toString(StandardCharsets.UTF_8).strip())
                .startsWith("rondo: ")
                .doesNotContain("\n")
                .contains(what.strip())
                .contains(hint == null ? "" : hint.strip())
                .doesNotContain("s3cret");
        assertThat(data).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prot = 1 | :2: unknown setting prot; known are actions.allowed, actions.pinned,",
                "'[server]' | :2: unknown setting server; known are",
                "port = 'web' | :2: port: a port is a number from 0 to 65535, not web",
                "port = [80] | :2: port takes one value, no list or table",
                "sandbox = 'maybe' | :2: sandbox: on or off, not maybe",
                "containers = 'maybe' | :2: containers: on, off or trusted, not maybe",
                "stop-instances = 'perhaps' | :2: stop-instances: true or false, not perhaps",
                "data = '' | :2: data: a value is missing",
                "port 8080 | :2:",
                "port = 1 = 2 | :2:",
            })
    void aBadFileOfSettingsIsToldWithItsLine(String line, String problem) throws Exception {
        var file = folder.resolve("rondo.toml");
        var text = line.strip();
        if (text.startsWith("'[")) {
            text = text.substring(1, text.length() - 1);
        }
        Files.writeString(file, "# how Rondo runs\n" + text + "\n");
        assertThatThrownBy(() -> new SettingsReader(Map.of(), Map.of(), folder).read())
                .isInstanceOf(UsageProblem.class)
                .hasMessageStartingWith(file + problem.strip());
    }

    @Test
    void aBadVariableIsToldByItsName() {
        assertThatThrownBy(() ->
                        new SettingsReader(Map.of(), Map.of("RONDO_ROUTER_PORT", "-1"), folder)
                                .read())
                .isInstanceOf(UsageProblem.class)
                .hasMessage("RONDO_ROUTER_PORT: a port is a number from 0 to 65535, not -1");
    }

    @Test
    void aFlagWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
        Files.writeString(
                folder.resolve("rondo.toml"), "host = \"file\"\nport = 1\nrouter-port = 2\n");
        var settings =
                new SettingsReader(
                                Map.of("host", "flag"),
                                Map.of("RONDO_HOST", "variable", "RONDO_PORT", "7"),
                                folder)
                        .read();
        assertThat(settings.host()).isEqualTo("flag");
        assertThat(settings.port()).isEqualTo(7);
        assertThat(settings.routerPort()).isEqualTo(2);
    }

    private String refused(String... flags) throws Exception {
        return refused(Map.of(), flags);
    }

    /** Starts the real program, and gives the one line that it says before it ends with 1. */
    private String refused(Map<String, String> environment, String... flags) throws Exception {
        var arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
        var given = List.of(flags);
        arguments.addAll(given);
        for (var port : List.of("--port", "--router-port")) {
            if (!given.contains(port)) {
                arguments.addAll(List.of(port, "0"));
            }
        }
        var out = folder.resolve("out").toFile();
        var builder =
                ServerProcess.program(List.of(), arguments)
                        .redirectOutput(out)
                        .redirectError(folder.resolve("err").toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
        } finally {
            process.destroyForcibly();
        }
        var said = Files.readString(folder.resolve("err")).strip();
        assertThat(process.exitValue()).as(said).isEqualTo(1);
        assertThat(said).startsWith("rondo: ").doesNotContain("\n");
        assertThat(out).isEmpty();
        return said;
    }

    private static Map<String, String> files(Path root) throws IOException {
        var files = new TreeMap<String, String>();
        try (var all = Files.walk(root)) {
            // Not the lock: to close it here would free it, as POSIX has it.
            for (var file :
                    all.filter(Files::isRegularFile)
                            .filter(file -> !file.endsWith("lock"))
                            .toList()) {
                files.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }
}
