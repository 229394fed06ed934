package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.machine.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Verbs that hear signals or read the environment, each in a process of its own. */
@Timeout(120)
class OwnProcessTest {

    private static final String WORKFLOW = ".github/workflows/ci.yml";

    @TempDir Path folder;
    private Path here;
    private Shell shell;

    private record Ran(int code, String out, String err) {}

    @BeforeEach
    void repository() {
        here = folder.resolve("shop");
        shell = new Shell(here);
        shell.write("readme", "The shop\n");
        shell.git("init", "--quiet", "--initial-branch", "main");
        shell.git("add", "--all");
        shell.git("commit", "--quiet", "--message", "One");
    }

    private ProcessBuilder rondo(Map<String, String> environment, List<String> arguments)
            throws IOException {
        var options =
                List.of(
                        "-Drondo.cwd=" + here,
                        "-Drondo.cache=" + folder.resolve("cache"),
                        "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
        var builder = ServerProcess.program(options, arguments);
        builder.environment().putAll(environment);
        return builder.redirectError(folder.resolve("err").toFile());
    }

    private Ran run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var process = rondo(environment, List.of(arguments)).start();
        try {
            var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            var err = Files.readString(folder.resolve("err"));
            return new Ran(process.exitValue(), out, err);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void workflowRunTakesSecretPayloadAndToolCacheAndTellsItsConclusionAsJson() throws Exception {
        shell.write(
                WORKFLOW,
                """
                on: repository_dispatch
                jobs:
                  all:
                    runs-on: ubuntu-latest
                    steps:
                      - {name: secret, run: 'test "$K" = "from outside"', env: {K: '${{ secrets.TOKEN }}'}}
                      - {name: payload, run: 'test ${{ github.event.client_payload.n }} = 7'}
                      - {name: tools, run: 'cat "$RUNNER_TOOL_CACHE/greet/1.0.0/x64/word"; test -f "$RUNNER_TOOL_CACHE/greet/1.0.0/x64/word"'}
                      - {name: never, if: failure(), run: 'true'}
                """);
        shell.write("payload.json", "{\"client_payload\": {\"n\": 7}}");
        shell.in("..").write("tools/greet/1.0.0/x64/word", "hello");
        var ran =
                run(
                        Map.of("TOKEN", "from outside"),
                        "workflow",
                        "run",
                        WORKFLOW,
                        "--event=repository_dispatch",
                        "--payload=payload.json",
                        "--secret=TOKEN",
                        "--tool-cache=../tools",
                        "--json");
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        var json = JsonMapper.shared().readTree(ran.out());
        assertThat(json.get("conclusion").asString()).isEqualTo("success");
        var job = json.get("jobs").get(0);
        assertThat(job.get("id").asString()).isEqualTo("all");
        var steps = new ArrayList<String>();
        job.get("steps")
                .forEach(step ->
                        steps.add(
                                step.get("name").asString()
                                        + " "
                                        + step.get("conclusion").asString()));
        assertThat(steps)
                .contains("secret success", "payload success", "tools success", "never skipped");
        assertThat(ran.out() + ran.err()).doesNotContain("from outside");
        try (var left = Files.walk(folder.resolve("cache"))) {
            assertThat(left).as("what goes with the run").noneMatch(path -> path.endsWith("run"));
        }
    }

    @Test
    void workflowRunEndsWithOneWhereTheRunFailsAndMasksSecretsInItsLog() throws Exception {
        shell.write(
                WORKFLOW,
                """
                on: push
                jobs:
                  fine: {runs-on: ubuntu-latest, steps: [{run: 'true'}]}
                  bad:
                    runs-on: ubuntu-latest
                    steps: [{name: Break, run: 'echo "it is $K"; exit 7', env: {K: '${{ secrets.KEY }}'}}]
                """);
        var ran = run(Map.of(), "workflow", "run", WORKFLOW, "--secret", "KEY=hush-hush");
        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(1);
        assertThat(ran.out())
                .contains("it is ***", "✓ fine", "✗ bad", "✗ failure", "exit code 7")
                .doesNotContain("hush-hush");
    }

    @Test
    void gitServeLetsInWhomItNamesUnderItsPrefixAndLeavesNothingBehind() throws Exception {
        shell.in("..").git("init", "--quiet", "--bare", "bare/shop.git");
        var process =
                rondo(
                                Map.of(),
                                List.of(
                                        "git",
                                        "serve",
                                        "../bare",
                                        "--port=0",
                                        "--host=localhost",
                                        "--user=olga:open sesame",
                                        "--prefix=/git/",
                                        "--json"))
                        .start();
        try {
            var told = JsonMapper.shared().readTree(process.inputReader().readLine());
            assertThat(told.get("folder").asString()).isEqualTo(folder.resolve("bare").toString());
            var url = told.get("url").asString();
            assertThat(url).matches("http://localhost:\\d+/git/");
            var named = url.replace("://", "://olga:open%20sesame@");
            shell.git("push", "--quiet", named + "shop.git", "main");
            assertThat(shell.git("ls-remote", named + "shop")).contains(shell.head());
            assertThat(shell.tryGit("ls-remote", url + "shop.git").code()).isNotZero();
            var wrong = url.replace("://", "://olga:close@");
            assertThat(shell.tryGit("ls-remote", wrong + "shop.git").text())
                    .contains("Authentication failed");
            assertThat(shell.tryGit("ls-remote", named.replace("/git/", "/") + "shop.git").text())
                    .contains("not found");
            assertThat(shell.tryGit("ls-remote", named + "none.git").text()).contains("not found");
        } finally {
            process.toHandle().destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        try (var left = Files.list(folder.resolve("tmp"))) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("rondo-")))
                    .isEmpty();
        }
    }
}
