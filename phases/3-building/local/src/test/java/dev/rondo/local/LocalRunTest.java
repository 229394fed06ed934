package dev.rondo.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rondo.engine.ActionSettings;
import dev.rondo.kits.ground.Ground;
import dev.rondo.kits.machine.GitServer;
import dev.rondo.settings.ActionPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workflow of somebody's folder, run without a server. */
final class LocalRunTest {
    private static final String[] PARTS = {"results", "settings"};

    @TempDir private Path temporary = Path.of("");
    private Ground ground = fresh();
    private Path folder = Path.of("");
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<String> notes = new ArrayList<>();

    private final LocalRun.Watcher watcher =
            new LocalRun.Watcher() {
                @Override
                public void note(String sentence) {
                    notes.add(sentence);
                }

                @Override
                public void begins(String workflow, List<String> jobs) {}

                @Override
                public void line(String job, String text) {
                    lines.add(text);
                }

                @Override
                public void stepBegan(String job, String title) {
                    lines.add("<" + job + ": " + title);
                }

                @Override
                public void stepEnded(String job, String title, String conclusion) {
                    lines.add(">" + job + ": " + title + ": " + conclusion);
                }
            };

    private static Ground fresh() {
        return new Ground("building", PARTS);
    }

    @BeforeEach
    void repository() throws IOException {
        folder = Files.createDirectories(temporary.resolve("work"));
        Ground.git(folder, "init", "-q", "-b", "trunk");
        Ground.git(folder, "config", "user.name", "Olga");
        Ground.git(folder, "config", "user.email", "o@example.org");
        write("file.txt", "committed\n");
        Ground.git(folder, "add", "-A");
        Ground.git(folder, "commit", "-q", "-m", "One");
    }

    @AfterEach
    void close() {
        ground.close();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private LocalRun.Conclusion run(ActionSettings actions, LocalRun.Wanted wanted)
            throws InterruptedException {
        return new LocalRun(ground.spine(), actions, watcher).run(folder, wanted);
    }

    private static LocalRun.Wanted wanted(String event, String job, Map<String, String> inputs) {
        return new LocalRun.Wanted(
                Path.of(".github/workflows/ci.yml"),
                event,
                Optional.empty(),
                job,
                inputs,
                Map.of("KEY", "top-secret"));
    }

    private static ActionSettings from(ActionSettings.Upstream upstream) {
        return new ActionSettings(Optional.of(upstream), Optional.empty(), ActionPolicy.ALL, false);
    }

    /** A repository {@code acme/greet} whose action says a word, with the tag v1. */
    private Path shelf(String word) throws IOException {
        Path shelf = temporary.resolve("shelf");
        Path bare = Files.createDirectories(shelf.resolve("acme/greet.git"));
        Path work = Files.createDirectories(temporary.resolve("greet"));
        Ground.git(work, "init", "-q", "-b", "main");
        Files.writeString(
                work.resolve("action.yml"),
                """
                name: greet
                runs:
                  using: composite
                  steps: [{run: echo %s, shell: bash}]
                """
                        .formatted(word));
        Ground.git(work, "add", "-A");
        Ground.git(
                work, "-c", "user.name=O", "-c", "user.email=o@x.org", "commit", "-q", "-m", "One");
        Ground.git(bare, "init", "-q", "--bare");
        Ground.git(
                work, "push", "-q", bare.toString(), "HEAD:refs/tags/v1", "HEAD:refs/heads/main");
        return shelf;
    }

    @Test
    void uncommittedChangesAreRunAndNothingOfTheRepositoryChanges() throws Exception {
        write(
                ".github/workflows/ci.yml",
                """
                on: push
                jobs:
                  a:
                    runs-on: ubuntu-latest
                    steps:
                      - uses: actions/checkout@v4
                      - run: cat file.txt new.txt; echo "on $GITHUB_REF, secret ${{ secrets.KEY }}"
                  b:
                    needs: a
                    runs-on: ubuntu-latest
                    steps: [{run: exit 3}]
                """);
        write("file.txt", "changed\n");
        write("new.txt", "new\n");
        byte[] index = Files.readAllBytes(folder.resolve(".git/index"));
        LocalRun.Conclusion end = run(ActionSettings.NONE, wanted("", "", Map.of()));
        assertThat(end.conclusion()).isEqualTo("failure");
        assertThat(end.jobs())
                .extracting(LocalRun.JobConclusion::id, LocalRun.JobConclusion::conclusion)
                .containsExactly(tuple("a", "success"), tuple("b", "failure"));
        assertThat(end.jobs().getLast().steps())
                .extracting(LocalRun.StepEnd::name, LocalRun.StepEnd::conclusion)
                .containsExactly(tuple("Run exit 3", "failure"));
        assertThat(lines)
                .contains(
                        "changed",
                        "new",
                        "on refs/heads/trunk, secret ***",
                        "<b: Run exit 3",
                        ">b: Run exit 3: failure");
        assertThat(Files.readAllBytes(folder.resolve(".git/index"))).isEqualTo(index);
        try (var objects = Files.walk(folder.resolve(".git/objects"))) {
            assertThat(objects.filter(Files::isRegularFile)).hasSize(3);
        }
    }

    @Test
    void oneJobIsRunWithWhatItNeedsAndActionsOfAFolder() throws Exception {
        write(
                ".github/workflows/ci.yml",
                """
                on:
                  workflow_dispatch:
                    inputs: {name: {required: true}}
                jobs:
                  a: {runs-on: ubuntu-latest, steps: [{uses: acme/greet@v1}]}
                  b: {runs-on: ubuntu-latest, needs: a, steps: [{run: 'echo "hi ${{ inputs.name }}"'}]}
                  c: {runs-on: ubuntu-latest, steps: [{run: echo never}]}
                """);
        var settings = from(new ActionSettings.Upstream.Folder(shelf("greetings")));
        LocalRun.Conclusion end = run(settings, wanted("", "b", Map.of("name", "Ann")));
        assertThat(end.conclusion()).as(end.message()).isEqualTo("success");
        assertThat(end.jobs()).extracting(LocalRun.JobConclusion::id).containsExactly("a", "b");
        assertThat(lines).contains("greetings", "hi Ann").doesNotContain("never");
        assertThatThrownBy(() -> run(settings, wanted("", "d", Map.of())))
                .hasMessage("there is no job 'd'; there are a, b, c");
        assertThatThrownBy(() -> run(settings, wanted("", "", Map.of())))
                .hasMessageContaining("Required input 'name' not provided");
    }

    @Test
    void actionsComeFromAServerAndACommitIsFetchedOnce() throws Exception {
        Path shelf = shelf("from afar");
        String commit = Ground.git(temporary.resolve("greet"), "rev-parse", "HEAD").strip();
        try (var server = new GitServer(shelf)) {
            var settings = from(server(server.base(), Optional.empty()));
            write(
                    ".github/workflows/ci.yml",
                    """
                    on: push
                    jobs:
                      a:
                        runs-on: ubuntu-latest
                        steps: [{uses: acme/greet@v1}, {uses: acme/greet@main}, {uses: acme/greet@%s}]
                    """
                            .formatted(commit));
            LocalRun.Conclusion end = run(settings, wanted("", "", Map.of()));
            assertThat(end.conclusion()).as(end.message()).isEqualTo("success");
            assertThat(lines).filteredOn("from afar"::equals).hasSize(3);
            assertThat(lines)
                    .contains("Download action repository 'acme/greet@v1' (SHA:" + commit + ")");
            assertThat(server.asked())
                    .filteredOn(path -> path.endsWith("/git-upload-pack"))
                    .as("two names are looked up, one commit is fetched")
                    .hasSize(3);
        }
    }

    private static ActionSettings.Upstream server(URI base, Optional<String> token) {
        return new ActionSettings.Upstream.Server(base, token);
    }

    @Test
    void aServerThatShowsNothingToStrangersIsAskedWithItsToken() throws Exception {
        String header =
                "Basic " + Base64.getEncoder().encodeToString("x-access-token:key".getBytes(UTF_8));
        try (var server = new GitServer(shelf("from behind"), Optional.of(header))) {
            write(
                    ".github/workflows/ci.yml",
                    "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{uses: acme/greet@v1},"
                            + " {run: 'env | grep -c x-access-token || true'}]}}\n");
            var settings = from(server(server.base(), Optional.of("key")));
            LocalRun.Conclusion end = run(settings, wanted("", "", Map.of()));
            assertThat(end.conclusion()).as(end.message()).isEqualTo("success");
            assertThat(lines).contains("from behind", "0");
            fails(
                    from(server(server.base(), Optional.of("wrong"))),
                    "acme/greet@v1",
                    "Unable to resolve action `acme/greet@v1`, repository not found");
        }
    }

    @Test
    void whatAServerDoesNotHaveIsSaidInGithubsWords() throws Exception {
        try (var server = new GitServer(shelf("never"))) {
            var settings = from(server(server.base(), Optional.empty()));
            var wanted =
                    Map.of(
                            "acme/missing@v1",
                            "Unable to resolve action `acme/missing@v1`, repository not found",
                            "acme/greet@v9",
                            "Unable to resolve action `acme/greet@v9`, unable to find version `v9`",
                            "acme/greet@1234567890123456789012345678901234567890",
                            "Unable to resolve action"
                                    + " `acme/greet@1234567890123456789012345678901234567890`, unable"
                                    + " to find version `1234567890123456789012345678901234567890`");
            for (var one : wanted.entrySet()) {
                fails(settings, one.getKey(), one.getValue());
            }
        }
    }

    private void fails(ActionSettings settings, String uses, String message) throws Exception {
        ground.close();
        ground = fresh();
        lines.clear();
        write(
                ".github/workflows/ci.yml",
                "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{uses: %s}]}}\n"
                        .formatted(uses));
        LocalRun.Conclusion end = run(settings, wanted("push", "", Map.of()));
        assertThat(end.conclusion()).isEqualTo("failure");
        assertThat(String.join("\n", lines)).contains("##[error]" + message);
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedAndNoRepositoryIsMissing() throws Exception {
        int port;
        try (var socket = new java.net.ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var dead = URI.create("http://127.0.0.1:" + port);
        fails(
                from(server(dead, Optional.empty())),
                "acme/greet@v1",
                "Unable to fetch action `acme/greet@v1`: git ls-remote: fatal: unable to access"
                        + " 'http://127.0.0.1:"
                        + port
                        + "/acme/greet/'");
    }

    @Test
    void aShortenedCommitIsRefusedWithTheWholeOne() throws Exception {
        Path shelf = shelf("never");
        String commit = Ground.git(temporary.resolve("greet"), "rev-parse", "HEAD").strip();
        String abbreviated = commit.substring(0, 7);
        fails(
                from(new ActionSettings.Upstream.Folder(shelf)),
                "acme/greet@" + abbreviated,
                ("Unable to resolve action `acme/greet@%s`, the provided ref `%s` is the shortened"
                                + " version of a commit SHA, which is not supported. Please use the full"
                                + " commit SHA `%s` instead.")
                        .formatted(abbreviated, abbreviated, commit));
    }

    @Test
    void cachesOutliveARunAndArtifactsAreHandedOut() throws Exception {
        write(
                ".github/workflows/ci.yml",
                """
                on: push
                jobs:
                  a:
                    runs-on: ubuntu-latest
                    steps:
                      - {uses: actions/cache@v4, id: c, with: {path: kept, key: k}}
                      - run: |
                          echo "hit=${{ steps.c.outputs.cache-hit }}"; cat kept/x || true
                          mkdir -p kept; echo warm > kept/x; echo built > out.txt
                      - {uses: actions/upload-artifact@v4, with: {name: out, path: out.txt}}
                """);
        Path kept = Files.createDirectories(temporary.resolve("kept"));
        var first = new LocalRun(ground.spine(), ActionSettings.NONE, watcher);
        first.readCaches(kept);
        assertThat(first.run(folder, wanted("", "", Map.of())).conclusion()).isEqualTo("success");
        first.writeCaches(kept);
        assertThat(first.copyArtifacts(temporary.resolve("artifacts"))).containsExactly("out.zip");
        assertThat(temporary.resolve("artifacts/out.zip")).isNotEmptyFile();
        assertThat(lines).contains("hit=");
        Path next = Files.createDirectories(temporary.resolve("next"));
        copy(ground.data().resolve("blobs"), next);
        ground.close();
        ground = new Ground(next, "building", PARTS);
        lines.clear();
        var second = new LocalRun(ground.spine(), ActionSettings.NONE, watcher);
        second.readCaches(kept);
        second.run(folder, wanted("", "", Map.of()));
        assertThat(lines).contains("hit=true", "warm");
    }

    private static void copy(Path from, Path into) throws Exception {
        var copying = new ProcessBuilder("cp", "-a", from.toString(), into.toString()).start();
        assertThat(copying.waitFor()).isZero();
    }

    @Test
    void anotherEventThanTheWorkflowsIsSaidAndRun() throws Exception {
        write(
                ".github/workflows/ci.yml",
                """
                on: push
                jobs:
                  a:
                    runs-on: ubuntu-latest
                    steps: [{run: 'echo "$GITHUB_EVENT_NAME to $GITHUB_BASE_REF, ${{ github.event.action }}"'}]
                """);
        LocalRun.Conclusion end = run(ActionSettings.NONE, wanted("pull_request", "", Map.of()));
        assertThat(end.conclusion()).isEqualTo("success");
        assertThat(lines).contains("pull_request to trunk, opened");
        assertThat(notes)
                .containsExactly(
                        ".github/workflows/ci.yml does not listen to 'pull_request': it would not"
                                + " start it");
    }

    @Test
    void actionsMayHaveToBePinned() throws Exception {
        fails(
                new ActionSettings(
                        Optional.empty(),
                        Optional.empty(),
                        new ActionPolicy(ActionPolicy.Allowed.ALL, true, List.of(), true),
                        false),
                "acme/greet@v1",
                "The action acme/greet@v1 is not allowed in rondo/work because all actions must be"
                        + " pinned to a full-length commit SHA.");
    }

    @Test
    void folderWithoutARepositoryIsRefused() {
        assertThatThrownBy(() -> LocalRun.top(temporary))
                .hasMessageContaining("belongs to no git repository");
    }
}
