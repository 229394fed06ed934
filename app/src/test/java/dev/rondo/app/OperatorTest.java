package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.journal.JournalCheck;
import dev.rondo.kits.machine.SmallDisk;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A running server as whoever operates it meets it, in a process of its own. */
@Timeout(180)
class OperatorTest {

    @TempDir Path folder;

    @Test
    void aRunningJobEndsInOrderOrIsRunAgainAfterAStop() throws Exception {
        var data = folder.resolve("data");
        var process = new ServerProcess(data);
        try {
            var operator = new Operator(process, folder, "hello");
            operator.push(
                    """
                    on: push
                    jobs:
                      a:
                        runs-on: ubuntu-latest
                        steps:
                          - run: ${{ vars.AGAIN && 'true' || 'sleep 60' }}
                    """);
            operator.await("taskrun.started");
            operator.variable("AGAIN", "yes");
            long began = System.nanoTime();
            assertThat(process.stop()).as(process.output()).isZero();
            // Ten seconds for jobs, and the rest.
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(20);
            assertThat(process.output()).contains("Stopping …");
            verify(data);
            process.restart();
            var run = operator.await("pipelinerun.finished");
            assertThat(run.text("outcome")).isEqualTo("success");
            assertThat(operator.server.happenings("hello"))
                    .filteredOn(one -> one.kind().equals("pipelinerun.finished"))
                    .hasSize(1);
        } finally {
            process.stop();
        }
        verify(data);
    }

    @Test
    void withoutTheSandboxEveryPageOfAnAdministratorSaysSo() throws Exception {
        var process = new ServerProcess(folder.resolve("data"), "--sandbox=off");
        try {
            var operator = new Operator(process, folder, "hello");
            assertThat(process.output()).contains("Sandbox: off");
            var warning = "The sandbox is off";
            for (var page :
                    List.of(
                            "/",
                            "/projects/hello",
                            "/projects/hello/building/runs",
                            "/account",
                            "/admin/mail")) {
                assertThat(operator.page(page)).as(page).contains(warning);
            }
            operator.account("grace");
            operator.server.password("grace", Operator.PASSWORD);
            assertThat(operator.page("/")).doesNotContain(warning);
        } finally {
            process.stop();
        }
    }

    @Test
    void aFullDiskRefusesClearlyLosesNothingAndIsSurvived() throws Exception {
        assumeTrue(SmallDisk.possible(), "only root may mount a small disk");
        try (var disk = SmallDisk.mount(48)) {
            var data = disk.folder().resolve("data");
            var process = new ServerProcess(data);
            try {
                var operator = new Operator(process, folder, "hello");
                var titles = new ArrayList<String>();
                titles.add(operator.ticket("before"));
                var commit = operator.push("on: workflow_dispatch\njobs: {}\n");
                disk.fill();
                var refused = operator.fillTickets(titles);
                assertThat(refused.status()).as(refused.body()).isEqualTo(507);
                assertThat(refused.body()).contains("disk of the server is full");
                var push = operator.tryPush(new byte[300_000]);
                assertThat(push.code()).as(push.text()).isNotZero();
                assertThat(push.text()).contains("remote: ").contains("No space left on device");
                // Who only looks is served.
                assertThat(operator.page("/projects/hello")).contains("hello");
                assertThat(process.output()).contains("the disk is full");

                disk.free();
                titles.add(operator.ticket("after"));
                var again = operator.tryPush(new byte[0]);
                assertThat(again.code()).as(again.text()).isZero();
                assertThat(operator.titles()).containsAll(titles);
                assertThat(operator.work.git("ls-remote", "origin", "main")).doesNotContain(commit);
            } finally {
                assertThat(process.stop()).as(process.output()).isZero();
            }
            verify(data);
        }
    }

    @Test
    void whatDoesNotParseIsShownOnTheCommit() throws Exception {
        var process = new ServerProcess(folder.resolve("data"));
        try {
            var operator = new Operator(process, folder, "hello");
            var commit = operator.push("on: push\njobs:\n  a:\n    steps:\n      - run: x\n");
            var run = operator.await("pipelinerun.finished");
            assertThat(run.text("outcome")).isEqualTo("invalid");
            assertThat(operator.page("/projects/hello/coding/commits/" + commit))
                    .contains(
                            ".github/workflows/ci.yml:4:5: Required property is missing: runs-on");
        } finally {
            process.stop();
        }
    }

    /** Pages follow their templates in the source tree, as ./rondo dev starts the server. */
    @Test
    void aChangedTemplateIsSeenWithoutARestart() throws Exception {
        var sources = folder.resolve("sources");
        for (var templates : templates()) {
            copy(templates, sources.resolve(TidyTest.root().relativize(templates)));
        }
        var process =
                new ServerProcess(
                        folder.resolve("data"), List.of("-Drondo.sources=" + sources), List.of());
        try {
            var template = sources.resolve("spine/web/src/main/jte/trouble.jte");
            var server = new DemoServer(process.url());
            var before = Files.readString(template);
            assertThat(server.page("/nowhere").body()).doesNotContain("a new word");
            Files.writeString(template, before + "<p>a new word</p>\n");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(server.page("/nowhere").body()).contains("a new word"));
        } finally {
            process.stop();
        }
    }

    /** The folders of all modules that have some. */
    private static List<Path> templates() throws IOException {
        try (var found =
                Files.find(TidyTest.root(), 6, (path, ignored) -> path.endsWith("src/main/jte"))) {
            return found.toList();
        }
    }

    private static void copy(Path source, Path to) throws IOException {
        try (var files = Files.walk(source)) {
            for (var file : files.toList()) {
                var target = to.resolve(source.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void verify(Path data) {
        try (var store = Store.openExisting(new Database.Sqlite(data.resolve("rondo.db")))) {
            var verdict = store.read(JournalCheck::verify);
            assertThat(verdict.problem()).isEmpty();
            assertThat(verdict.events()).isPositive();
        }
    }
}
