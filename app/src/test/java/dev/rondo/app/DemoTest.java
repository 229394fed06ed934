package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Accounts;
import dev.rondo.access.Role;
import dev.rondo.journal.JournalCheck;
import dev.rondo.kits.Databases;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The main job: the whole loop turns with the real example project, in a process of its own. */
class DemoTest {

    private static final String PASSWORD = "a-pass-that-only-reads";

    @TempDir Path folder;

    @Test
    void theLoopTurnsWithTheShop() throws Exception {
        turn();
        everyLinkLeadsSomewhere();
    }

    @Test
    @Tag("long")
    void theLoopTurnsOnPostgres() throws Exception {
        var postgres = (Database.Postgres) Databases.postgres();
        turn(
                "--example",
                "hello",
                "--database",
                postgres.url().replace("jdbc:postgresql://", "postgresql://rondo:rondo@"));
        try (var store = Store.openExisting(postgres)) {
            var verdict = store.read(JournalCheck::verify);
            assertThat(verdict.problem()).isEmpty();
            assertThat(verdict.events()).isGreaterThan(100);
        }
    }

    /** On a machine that has everything but bubblewrap. */
    @Test
    void whereNothingCanBeWalledInTheDemoSaysSoAndStarts() throws Exception {
        var tools = Files.createDirectory(folder.resolve("tools"));
        for (var path : System.getenv("PATH").split(":")) {
            link(Path.of(path), tools);
        }
        var starting =
                ServerProcess.program(
                                List.of("-Xmx500m", "-Djava.io.tmpdir=" + folder),
                                List.of(
                                        "demo",
                                        "--example=hello",
                                        "--port=" + freePortBeforeAFreeOne()))
                        .redirectErrorStream(true);
        starting.environment().put("PATH", tools.toString());
        var process = starting.start();
        try (var lines = process.inputReader()) {
            assertThat(lines.readLine()).contains("Sandbox: off for this demo", "bwrap is missing");
            assertThat(lines.readLine()).startsWith("Rondo is up at http://127.0.0.1:");
        } finally {
            process.destroy();
            process.waitFor();
            unlink(tools);
        }
    }

    /** Before JUnit wonders about two thousand links that lead out of its folder. */
    private static void unlink(Path tools) throws IOException {
        try (var links = Files.newDirectoryStream(tools)) {
            for (var link : links) {
                Files.delete(link);
            }
        }
    }

    private static void link(Path from, Path tools) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (var files = Files.newDirectoryStream(from)) {
            for (var file : files) {
                var link = tools.resolve(file.getFileName());
                if (!file.endsWith("bwrap") && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(link, file);
                }
            }
        }
    }

    private void turn(String... flags) throws Exception {
        var report = folder.resolve("report.json");
        var log = folder.resolve("log");
        var arguments =
                new ArrayList<>(
                        List.of(
                                "demo",
                                "--exit",
                                "--report",
                                report.toString(),
                                "--data",
                                folder.resolve("data").toString(),
                                "--port",
                                String.valueOf(freePortBeforeAFreeOne())));
        arguments.addAll(List.of(flags));
        var process =
                ServerProcess.program(List.of("-Xmx500m"), arguments)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        var told = JsonMapper.shared().readTree(report.toFile());
        assertThat(told.path("complete").asBoolean()).isTrue();
        assertThat(told.path("steps")).hasSize(DemoStory.STEPS);
        assertThat(told.path("steps").findValuesAsString("observed"))
                .anyMatch(seen -> seen.contains("0 failed"))
                .anyMatch(seen -> seen.contains("back to 1.0.0"))
                .anyMatch(seen -> seen.contains("1 of 3 deployments failed"));
        System.out.println(Files.readString(log));
    }

    /** On what the demo left behind: for its owner, for a reader and for somebody signed out. */
    private void everyLinkLeadsSomewhere() throws Exception {
        int port = freePortBeforeAFreeOne();
        var given =
                Map.of(
                        "data", folder.resolve("data").toString(),
                        "port", String.valueOf(port),
                        "router-port", "0",
                        "sandbox", "off",
                        "stop-instances", "true");
        try (var rondo = Rondo.open(new SettingsReader(given, Map.of(), folder).read())) {
            rondo.start();
            var base = URI.create("http://127.0.0.1:" + port);
            var owner = LinkCrawl.as(base, DemoCommand.ACCOUNT, DemoCommand.PASSWORD);
            owner.from(List.of("/"));
            assertThat(owner.answers()).hasSizeGreaterThan(200);
            assertThat(owner.faults()).isEmpty();
            assertThat(owner.answers()).filteredOn(one -> !fine(one.status())).isEmpty();

            var paths = owner.answers().stream().map(LinkCrawl.Answered::path).toList();
            addReader(rondo);
            // A reader is offered nothing that readers may not see.
            var reader = LinkCrawl.as(base, "rita", PASSWORD).from(List.of("/"));
            assertThat(reader.faults()).isEmpty();
            assertThat(reader.answers()).filteredOn(one -> !fine(one.status())).isEmpty();
            assertThat(LinkCrawl.as(base, "rita", PASSWORD).from(paths).answers())
                    .filteredOn(one -> !fine(one.status()) && one.status() != 403)
                    .isEmpty();

            var stranger = LinkCrawl.signedOut(base).from(paths);
            assertThat(stranger.answers())
                    .filteredOn(one -> one.path().contains("/projects/"))
                    .isNotEmpty()
                    .allMatch(one -> List.of(303, 401, 403, 404).contains(one.status()));
        }
    }

    private static boolean fine(int status) {
        return status == 200 || status == 303;
    }

    private static void addReader(Rondo rondo) {
        var access = rondo.access();
        access.accounts()
                .create(
                        DemoCommand.ACCOUNT,
                        new Accounts.NewAccount("rita", "Rita Reader", "", PASSWORD, false));
        rondo.access().projects().setRole(DemoCommand.ACCOUNT, "shop", "rita", Role.READER);
    }

    private static int freePortBeforeAFreeOne() throws IOException {
        while (true) {
            try (var first = new ServerSocket(0)) {
                int port = first.getLocalPort();
                try (var second = new ServerSocket(port + 1)) {
                    return second.getLocalPort() - 1;
                } catch (IOException taken) {
                    // another pair
                }
            }
        }
    }
}
