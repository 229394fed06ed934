package dev.rondo.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.kits.Databases;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGKILL between any two steps: nothing acknowledged is lost, nothing is heard twice. */
class JournalCrashTest {

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void nothingAcknowledgedIsLostAndNothingIsHeardTwice(Database database) throws Exception {
        killAgainAndAgain(database, 4);
    }

    @Test
    @Tag("long")
    void fortyKillsOnEachDatabase() throws Exception {
        killAgainAndAgain(Databases.sqlite(), 40);
        killAgainAndAgain(Databases.postgres(), 40);
    }

    private static void killAgainAndAgain(Database database, int kills) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed + " on " + database);
        var random = new Random(seed);
        Set<Long> acknowledged = new TreeSet<>();
        for (int i = 0; i < kills; i++) {
            var process = start(database);
            try (var out = process.inputReader(StandardCharsets.UTF_8)) {
                readUntilFirst(out, acknowledged);
                boolean ended = process.waitFor(20 + random.nextInt(400), TimeUnit.MILLISECONDS);
                assertThat(ended).as("the writer ended by itself").isFalse();
                // By its handle: the process itself would close its output, which is still to be
                // read.
                process.toHandle().destroyForcibly();
                process.waitFor();
                readRest(out, acknowledged);
            }
            verify(database, acknowledged);
        }
        verifyHeardOnce(database);
    }

    private static Process start(Database database) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                AppendUntilKilled.class.getName()));
        switch (database) {
            case Database.Sqlite sqlite -> {
                command.add("sqlite");
                command.add(sqlite.file().toString());
            }
            case Database.Postgres postgres -> {
                command.addAll(
                        List.of("postgres", postgres.url(), postgres.user(), postgres.password()));
            }
        }
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static void readUntilFirst(BufferedReader out, Set<Long> acknowledged)
            throws IOException {
        var line = out.readLine();
        assertThat(line).as("the writer's first line").isNotNull();
        acknowledged.add(Long.parseLong(line));
    }

    private static void readRest(BufferedReader out, Set<Long> acknowledged) throws IOException {
        String line;
        while ((line = out.readLine()) != null) {
            if (line.matches("\\d+")) {
                acknowledged.add(Long.parseLong(line));
            }
        }
    }

    private static void verify(Database database, Set<Long> acknowledged) {
        try (var store = Store.open(database, List.of("dev/rondo/journal/db"))) {
            var verdict = store.read(JournalCheck::verify);
            assertThat(verdict.problem()).isEmpty();
            assertThat(acknowledged).allMatch(seq -> seq <= verdict.events());
        }
    }

    private static void verifyHeardOnce(Database database) {
        try (var store = Store.open(database, List.of("dev/rondo/journal/db"))) {
            var journal = new Journal(store);
            try (var reactor = new Reactor(store, journal)) {
                reactor.start(List.of(AppendUntilKilled.reaction(journal)));
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> {
                            var moved = count(store, "journal_events WHERE kind = 'ticket.moved'");
                            assertThat(count(store, "heard")).isEqualTo(moved);
                        });
                assertThat(reactor.parked()).isEmpty();
            }
            assertThat(count(store, "journal_events WHERE kind = 'ticket.commented'"))
                    .isEqualTo(
                            count(
                                    store,
                                    "journal_events WHERE kind = 'ticket.moved' AND seq % 10 = 0"));
        }
    }

    private static long count(Store store, String from) {
        return store.read(
                sql -> sql.createQuery("SELECT COUNT(*) FROM " + from).mapTo(Long.class).one());
    }
}
