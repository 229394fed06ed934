package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.journal.JournalCheck;
import dev.rondo.journal.JournalReads;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments while the loop turns. Nothing acknowledged is lost, no effect happens
 * twice, everything ends in a proper state, nothing is left behind.
 */
class KilledAtAnyMomentTest {

    private static final String PROJECT = "hello";

    /** So long may the story take once nobody kills the server any more. */
    private static final int STORY_MILLIS = 6 * 60_000;

    @TempDir Path folder;

    @Test
    void theLoopTurnsDespiteFiveKills() throws Exception {
        turn(5);
    }

    @Test
    @Tag("long")
    void theLoopTurnsDespiteAHundredKills() throws Exception {
        // A story may be told before its tenth kill.
        for (int killed = 0; killed < 100; ) {
            killed += turn(Math.min(10, 100 - killed));
        }
    }

    /** Returns how often the server was killed while the story was told. */
    private int turn(int kills) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        int killed = 0;
        var data = Files.createTempDirectory(folder, "data");
        var process = new ServerProcess(data);
        var server = new DemoServer(process.url());
        var report = new DemoReport(new PrintStream(System.out, true));
        var project = DemoProject.hello(TidyTest.root(), "");
        var token =
                DemoAccount.make(
                        server, process.setupSecret(), DemoCommand.ACCOUNT, "lovelace-1843");
        server.token(token);
        var git = git(process.url(), token);
        try (var traffic =
                new DemoTraffic(
                        process.router(),
                        project.traffic().stream().map(path -> project.path() + path).toList())) {
            var story = new DemoStory(server, project, report, traffic, git).despiteFailures();
            var told = CompletableFuture.supplyAsync(story::tellWithoutChat);
            while (killed < kills && !within(told, 2_000 + random.nextInt(9_000))) {
                process.kill();
                verifyJournal(data, server);
                System.out.println("killed, kill " + ++killed);
                process.restart();
            }
            assertThat(within(told, STORY_MILLIS) && told.join())
                    .as("the story, seed %d%n%s", seed, process.output())
                    .isTrue();
        } finally {
            process.stop();
        }
        verifyJournal(data, server);
        verifyOnce(data);
        verifyNothingLeft(data);
        return killed;
    }

    private DemoGit git(URI url, String token) throws IOException {
        var git =
                new DemoGit(
                        Files.createTempDirectory(folder, "checkout"),
                        DemoAccount.remote(url, DemoCommand.ACCOUNT, token, PROJECT));
        git.init("Ada Lovelace", "ada@example.org");
        return git;
    }

    /** Whether the story has ended within so many milliseconds. */
    private static boolean within(CompletableFuture<Boolean> told, int millis) throws Exception {
        try {
            told.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillTelling) {
            return false;
        }
    }

    /** The chain is whole, and all that a client was ever told is in it. */
    private static void verifyJournal(Path data, DemoServer server) {
        try (var store = open(data)) {
            assertThat(store.read(JournalCheck::verify).problem()).isEmpty();
            for (var told : server.known()) {
                var event = store.read(sql -> JournalReads.find(sql, told.seq()));
                assertThat(event)
                        .as("%s", told)
                        .hasValueSatisfying(one -> {
                            assertThat(one.kind()).isEqualTo(told.kind());
                            assertThat(one.subject()).hasToString(told.subject());
                        });
                if (told.kind().equals("ticket.commented")) {
                    assertThat(comments(store, told)).containsExactly(DemoPlan.COMMENT);
                }
            }
        }
    }

    /** What stands below the work item that somebody was told to have a comment. */
    private static List<String> comments(Store store, DemoServer.Happening told) {
        return store.read(sql ->
                sql.createQuery(
                                "SELECT body FROM planning_comments WHERE project = ? AND number ="
                                        + " ?")
                        .bind(0, PROJECT)
                        .bind(1, told.number("number"))
                        .mapTo(String.class)
                        .list());
    }

    private static Store open(Path data) {
        return Store.openExisting(new Database.Sqlite(data.resolve("rondo.db")));
    }

    private static void verifyOnce(Path data) {
        try (var store = open(data)) {
            var events = store.read(sql -> JournalReads.behind(sql, PROJECT, 0, 100_000));
            var bySubject = new HashMap<String, Map<String, Long>>();
            for (var kind :
                    List.of(
                            "ticket.created",
                            "ticket.commented",
                            "change.pushed",
                            "pipelinerun.queued",
                            "pipelinerun.finished",
                            "release.drafted",
                            "release.published",
                            "release.recalled",
                            "rollout.started",
                            "rollout.finished",
                            "incident.detected",
                            "incident.resolved")) {
                bySubject.put(
                        kind,
                        events.stream()
                                .filter(event -> event.kind().equals(kind))
                                .collect(
                                        Collectors.groupingBy(
                                                event -> event.subject().toString(),
                                                Collectors.counting())));
            }
            bySubject.forEach(
                    (kind, times) -> assertThat(times.values()).as(kind).allMatch(one -> one == 1));
            assertThat(bySubject.get("pipelinerun.finished").keySet())
                    .isEqualTo(bySubject.get("pipelinerun.queued").keySet());
            assertThat(bySubject.get("rollout.finished").keySet())
                    .isEqualTo(bySubject.get("rollout.started").keySet());
            assertThat(bySubject.get("incident.resolved").keySet())
                    .isEqualTo(bySubject.get("incident.detected").keySet());
            assertThat(
                            events.stream()
                                    .filter(event -> event.kind().equals("ticket.created"))
                                    .filter(event -> event.payload().contains("\"type\":\"bug\"")))
                    .hasSize(bySubject.get("incident.detected").size());
            var parked =
                    store.read(sql ->
                            sql.createQuery(
                                            "SELECT reaction || ' ' || error FROM"
                                                    + " journal_parked")
                                    .mapTo(String.class)
                                    .list());
            assertThat(parked).isEmpty();
        }
    }

    private static void verifyNothingLeft(Path data) throws IOException {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(processesOf(data)).isEmpty());
        for (var place : List.of("blobs/incoming", "sandbox/runs", "building/uploads")) {
            assertThat(filesIn(data.resolve(place))).as(place).isEmpty();
        }
        assertThat(unfinishedBy(data.resolve("repositories"))).isEmpty();
        assertThat(filesIn(data.resolve("deploying/versions")))
                .extracting(folder -> "sha256:" + folder.getFileName())
                .containsExactlyElementsOf(artifactsThatLive(data));
    }

    /** What git leaves behind of a push or a repacking that was cut off. */
    private static List<Path> unfinishedBy(Path repositories) throws IOException {
        try (var files = Files.walk(repositories)) {
            return files.filter(
                            file -> {
                                var name = file.getFileName().toString();
                                return name.startsWith("tmp_")
                                        || name.startsWith(".tmp-")
                                        || name.startsWith("incoming-")
                                        || name.endsWith(".lock");
                            })
                    .toList();
        }
    }

    private static List<String> artifactsThatLive(Path data) {
        try (var store = open(data)) {
            return store.read(sql ->
                    sql.createQuery(
                                    "SELECT DISTINCT r.artifact FROM deploying_services s"
                                            + " JOIN deploying_rollouts r ON r.id = s.rollout")
                            .mapTo(String.class)
                            .list());
        }
    }

    private static List<String> processesOf(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info()
                                .commandLine()
                                .filter(line -> line.contains(data.toString()))
                                .isPresent())
                .map(process -> process.pid() + " " + process.info().commandLine().orElse(""))
                .toList();
    }

    private static List<Path> filesIn(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (var files = Files.list(place)) {
            return files.toList();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
