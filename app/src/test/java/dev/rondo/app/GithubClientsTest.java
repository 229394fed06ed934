package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.kits.machine.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * GitHub's interface of a whole Rondo, called by the clients that people use: npm's {@code
 * @octokit/rest}, and {@code gh} of Debian. Each is left out, with the reason, where it is missing.
 */
@Timeout(300)
class GithubClientsTest {

    private static final String WORKFLOW =
            """
            name: CI
            on:
              push:
              workflow_dispatch: {inputs: {word: {default: none}}}
            run-name: ${{ inputs.word || 'pushed' }}
            jobs:
              good:
                runs-on: ubuntu-latest
                steps:
                  - run: echo content > thing.txt
                  - uses: actions/upload-artifact@v4
                    with: {name: stuff, path: thing.txt}
              bad:
                runs-on: ubuntu-latest
                steps:
                  - name: Try
                    run: |
                      echo "it is ${{ inputs.word || 'first' }} in $GITHUB_RUN_ATTEMPT"
                      echo "::warning file=a.txt,line=3::Look here"
                      test "$GITHUB_EVENT_NAME" != push || test "$GITHUB_RUN_ATTEMPT" = 2
            """;

    @TempDir Path folder;
    private ServerProcess process;
    private Operator operator;

    @BeforeEach
    void start() throws Exception {
        process = new ServerProcess(folder.resolve("data"));
        operator = new Operator(process, folder, "hello");
        operator.work.write(
                ".github/workflows/slow.yml",
                "name: Slow\non: workflow_dispatch\njobs: {a: {runs-on: ubuntu-latest, steps: [{run:"
                        + " sleep 200}]}}\n");
        operator.push(WORKFLOW);
        finished(1);
    }

    @AfterEach
    void stop() throws Exception {
        process.stop();
    }

    private void finished(long run) {
        operator.server.await(
                "hello",
                "pipelinerun.finished",
                one -> one.number("number") == run,
                Duration.ofSeconds(90));
    }

    /** A command with an environment, in a folder of its own. */
    private Shell.Result run(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        return ended(start(environment, command));
    }

    private Process start(Map<String, String> environment, List<String> command)
            throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(nothing()));
        return builder.start();
    }

    private static Shell.Result ended(Process started) throws IOException, InterruptedException {
        var text = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Shell.Result(started.waitFor(), text);
    }

    private static java.io.File nothing() {
        return Path.of("/dev/null").toFile();
    }

    private static boolean there(String... command) throws IOException, InterruptedException {
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private void copy(String name) throws IOException {
        try (var in = GithubClientsTest.class.getResourceAsStream("/github-clients/" + name)) {
            Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    @Test
    void octokitFindsAllThatItAsksFor() throws Exception {
        assumeTrue(there("node", "--version"), "Node.js is missing: install the package nodejs");
        assumeTrue(
                there("npm", "view", "@octokit/rest@22.0.1", "version"),
                "the npm registry cannot be reached, or npm is missing");
        copy("package.json");
        copy("octokit.mjs");
        var installed =
                run(Map.of(), List.of("npm", "install", "--no-audit", "--no-fund", "--silent"));
        assertThat(installed.code()).as(installed.text()).isZero();
        var said =
                run(
                        Map.of(),
                        List.of("node", "octokit.mjs", process.url().toString(), operator.token()));
        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text().lines())
                .contains(
                        "user ada",
                        "repository rondo/hello main true",
                        "file .github/workflows/ci.yml true",
                        "workflows CI .github/workflows/ci.yml active,Slow .github/workflows/slow.yml"
                                + " active",
                        "dispatched workflow_dispatch success second",
                        "paginated 2,1",
                        "filtered 1",
                        "jobs good=success,bad=failure",
                        "steps 1.Set up job=success,2.Try=failure",
                        "log true",
                        "zip PK",
                        "again 2 success",
                        "before 1 failure",
                        "attempt 2",
                        "artifacts stuff",
                        "packed PK",
                        "variable green",
                        "variables 0",
                        "public key 32",
                        "disabled disabled_manually",
                        "caches 0",
                        "unchanged 304",
                        "refused 404 true",
                        "over 409",
                        "deleted 404")
                .anyMatch(line -> line.startsWith("annotations warning a.txt:3 Look here,failure"));
    }

    @Test
    void ghDoesItsWork() throws Exception {
        assumeTrue(there("gh", "--version"), "gh is missing: install the package gh");
        try (var door = new SocketDoor(folder.resolve("gh.sock"), process.url().getPort())) {
            Files.createDirectories(folder.resolve("gh"));
            Files.writeString(
                    folder.resolve("gh/config.yml"), "http_unix_socket: " + door.path() + "\n");
            gh("workflow", "list").contains("CI\tactive\t1", "Slow\tactive\t2");
            gh("run", "list").contains("completed\tfailure\tpushed\tCI\tmain\tpush\t1");
            gh("run", "list", "--workflow", "ci.yml", "--json", "databaseId,conclusion")
                    .contains("\"databaseId\":1", "\"conclusion\":\"failure\"");
            gh("run", "view", "1").contains("good in", "bad in", "X Try", "Look here", "stuff");
            gh("run", "view", "1", "--log").contains("bad\tTry\t", "it is first in 1");
            gh("run", "view", "1", "--log-failed").contains("it is first").doesNotContain("good\t");
            gh("run", "download", "1", "--name", "stuff", "--dir", "got");
            assertThat(folder.resolve("got/thing.txt")).hasContent("content\n");
            gh("run", "rerun", "1", "--failed");
            operator.server.await(
                    "hello",
                    "pipelinerun.finished",
                    one -> one.number("number") == 1 && one.text("outcome").equals("success"),
                    Duration.ofSeconds(90));
            gh("run", "view", "1").contains("✓ bad in");

            gh("workflow", "run", "ci.yml", "--ref", "main", "-f", "word=from gh");
            finished(2);
            gh("run", "view", "2", "--log").contains("it is from gh in 1");
            gh("workflow", "run", "slow.yml", "--ref", "main");
            operator.server.await(
                    "hello",
                    "taskrun.started",
                    one -> one.text("job").equals("a"),
                    Duration.ofSeconds(60));
            var watch = start("run", "watch", "3", "--exit-status", "--interval", "1");
            var seen = watch.inputReader();
            assertThat(seen.readLine()).contains("Refreshing run status every 1 seconds");
            gh("run", "cancel", "3");
            finished(3);
            assertThat(seen.lines().toList()).anyMatch(line -> line.contains("X a in"));
            assertThat(watch.waitFor()).isEqualTo(1);
            ghRefuses("run", "cancel", "3")
                    .contains("Cannot cancel a workflow run that is completed");
            gh("workflow", "disable", "slow.yml");
            ghRefuses("workflow", "run", "slow.yml", "--ref", "main").contains("HTTP 422");
            gh("workflow", "list", "--all").contains("Slow\tdisabled_manually\t2");
            gh("workflow", "enable", "slow.yml");
            gh("workflow", "view", "ci.yml").contains("CI - ci.yml", "Total runs 2");
            gh("workflow", "view", "ci.yml", "--yaml", "--ref", "main")
                    .contains("actions/upload-artifact");
            secretsAndApi();
        }
    }

    private void secretsAndApi() throws Exception {
        gh("secret", "set", "SIGN", "--body", "a sealed word");
        gh("secret", "list").contains("SIGN\t");
        operator.work.write(
                ".github/workflows/slow.yml",
                "name: Slow\non: workflow_dispatch\njobs: {a: {runs-on: ubuntu-latest, steps: [{run:"
                        + " 'echo \"has ${#SIGN} signs, $SIGN\"', env: {SIGN: '${{ secrets.SIGN"
                        + " }}'}}]}}\n");
        operator.push(WORKFLOW + "# again\n");
        finished(4);
        gh("workflow", "run", "slow.yml", "--ref", "main");
        finished(5);
        gh("run", "view", "5", "--log").contains("has 13 signs, ***");
        gh("secret", "delete", "SIGN");
        gh("api", "repos/{owner}/{repo}/actions/variables", "-f", "name=COLOUR", "-f", "value=red");
        gh("api", "repos/{owner}/{repo}/actions/variables/COLOUR", "--jq", ".value")
                .contains("red");
        gh(
                        "api",
                        "--paginate",
                        "repos/{owner}/{repo}/actions/runs?per_page=2",
                        "--jq",
                        ".workflow_runs[].id")
                .contains("5\n4\n3\n2\n1\n");
        gh("api", "repos/{owner}/{repo}/actions/caches", "--jq", ".total_count").contains("0");
        gh("api", "-X", "DELETE", "repos/{owner}/{repo}/actions/runs/3");
        ghRefuses("api", "repos/{owner}/{repo}/actions/runs/3").contains("HTTP 404");
    }

    private Process start(String... words) throws IOException {
        var command = new ArrayList<>(List.of("gh"));
        command.addAll(List.of(words));
        return start(
                Map.of(
                        "GH_CONFIG_DIR", folder.resolve("gh").toString(),
                        "GH_HOST", "rondo.example.org",
                        "GH_REPO", "rondo.example.org/rondo/hello",
                        "GH_ENTERPRISE_TOKEN", operator.token(),
                        "GH_NO_UPDATE_NOTIFIER", "1",
                        "GH_PROMPT_DISABLED", "1",
                        "NO_COLOR", "1",
                        "HOME", folder.toString()),
                command);
    }

    private Shell.Result call(String... words) throws Exception {
        return ended(start(words));
    }

    private org.assertj.core.api.AbstractStringAssert<?> gh(String... words) throws Exception {
        var result = call(words);
        assertThat(result.code()).as("gh %s%n%s", List.of(words), result.text()).isZero();
        return assertThat(result.text()).as("gh %s", List.of(words));
    }

    private org.assertj.core.api.AbstractStringAssert<?> ghRefuses(String... words)
            throws Exception {
        var result = call(words);
        assertThat(result.code()).as("gh %s%n%s", List.of(words), result.text()).isNotZero();
        return assertThat(result.text()).as("gh %s", List.of(words));
    }
}
