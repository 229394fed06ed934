package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.machine.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rondo builds Rondo: this repository, pushed into a running server, runs its own workflow to the
 * end. The sandbox is off, because a sandbox, an engine of containers and small disks, which the
 * tests want to start, cannot be had inside a sandbox.
 */
@Tag("long")
class OwnWorkflowTest {

    private static final String PROJECT = "itself";
    private static final Duration PATIENCE = Duration.ofMinutes(90);

    @TempDir Path folder;

    @Test
    void rondosOwnWorkflowRunsToTheEnd() throws Exception {
        var process = new ServerProcess(folder.resolve("data"), "--sandbox=off");
        try {
            var server = new DemoServer(process.url());
            var token = DemoAccount.make(server, process.setupSecret(), "ada", "lovelace-1843");
            server.token(token);
            var made = server.post("/api/projects", Map.of("name", PROJECT, "title", "Rondo"));
            assertThat(made.good()).as(made.body()).isTrue();
            push(DemoAccount.remote(process.url(), "ada", token, PROJECT));

            var run = server.await(PROJECT, "pipelinerun.finished", one -> true, PATIENCE);
            assertThat(run.text("outcome")).as(lastLines(server)).isEqualTo("success");
            assertThat(log(server)).contains("BUILD SUCCESS");
        } finally {
            process.stop();
        }
    }

    private void push(String remote) {
        var work = new Shell(folder.resolve("work"));
        work.git("clone", "--quiet", "--bare", TidyTest.root().toString(), "rondo.git");
        work.git("--git-dir", "rondo.git", "push", "--quiet", remote, "HEAD:refs/heads/main");
    }

    private static String log(DemoServer server) {
        return server.page("/projects/" + PROJECT + "/building/runs/1/jobs/test/text").body();
    }

    /** What failed, and what was said last. */
    private static String lastLines(DemoServer server) {
        var log = log(server);
        var failed =
                log.lines()
                        .filter(line ->
                                line.contains("<<< FAILURE!") || line.contains("<<< ERROR!"))
                        .collect(Collectors.joining("\n"));
        return failed + "\n…\n" + log.substring(Math.max(0, log.length() - 10_000));
    }
}
