package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.engine.ActionRepositories;
import dev.rondo.engine.ActionSettings;
import dev.rondo.jobs.ActionSources;
import dev.rondo.kits.ground.Ground;
import dev.rondo.kits.ground.Surf;
import dev.rondo.kits.machine.GitServer;
import dev.rondo.local.LocalRun;
import dev.rondo.records.Run;
import dev.rondo.settings.ActionPolicy;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project lets its workflows use: page, GitHub's interface, and what runs make of it. */
final class PolicyTest {
    private static final String API = "/api/v3/repos/rondo/shop/actions/permissions";
    private static Yard yard;
    private static Surf surf;

    @TempDir private Path temporary = Path.of("");

    @BeforeAll
    static void start() {
        yard = new Yard().start();
        surf = new Surf(yard.spine, yard.web);
    }

    @AfterAll
    static void stop() {
        yard.web.stop();
        yard.close();
    }

    @Test
    void theApiIsThatOfGithubAndRunsObeyIt() {
        assertThat(surf.get(API)).contains("\"allowed_actions\":\"all\"");
        surf.expect(409, "GET", API + "/selected-actions", "");
        surf.expect(422, "PUT", API, "{\"enabled\":true,\"allowed_actions\":\"some\"}");
        put(
                API,
                "{\"enabled\":true,\"allowed_actions\":\"selected\",\"sha_pinning_required\":false}");
        put(
                API + "/selected-actions",
                "{\"github_owned_allowed\":false,\"patterns_allowed\":[\"acme/*\"]}");
        assertThat(surf.get(API)).contains("/actions/permissions/selected-actions");
        assertThat(surf.get(API + "/selected-actions"))
                .contains("\"github_owned_allowed\":false", "\"acme/*\"");
        surf.expect(422, "PUT", API + "/selected-actions", "{\"patterns_allowed\":[\"acme\"]}");
        yard.workflow(
                "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{uses: actions/checkout@v4}]}}\n");
        Run refused = yard.finished(1);
        assertThat(refused.progress().outcome()).isEqualTo("failure");
        assertThat(yard.log(refused, "a"))
                .contains(
                        "##[error]The action actions/checkout@v4 is not allowed in rondo/shop because"
                                + " all actions must be from a repository owned by rondo or match one of"
                                + " the patterns: acme/*.");
        put(API, "{\"enabled\":false}");
        assertThat(surf.get(API)).contains("\"enabled\":false").doesNotContain("allowed_actions");
        surf.post(
                "/projects/shop/building/settings/actions",
                "enabled=true&allowed=local_only&github=true&patterns=acme/*%0A!b/c",
                303);
        assertThat(surf.get("/projects/shop/building/settings"))
                .contains("acme/*\n!b/c", "selected>Only actions of projects on this Rondo");
        surf.post(
                "/projects/shop/building/settings/actions",
                "enabled=true&allowed=all&github=true&patterns=",
                303);
        assertThat(surf.get(API)).contains("\"allowed_actions\":\"all\"");
    }

    private static void put(String path, String body) {
        surf.expect(204, "PUT", path, body);
    }

    @Test
    void anActionThatIsTooBigIsRefusedWithTheLimit() throws Exception {
        Path shelf = temporary.resolve("shelf");
        shelve(shelf, "acme/noise", random(3 << 20));
        shelve(shelf, "acme/bomb", temporary.resolve("zeros"));
        try (var server = new GitServer(shelf)) {
            var settings =
                    upstream(new ActionSettings.Upstream.Server(server.base(), Optional.empty()));
            try (var from = new ActionRepositories(settings, temporary.resolve("a"), 1 << 20)) {
                assertThatThrownBy(() -> from.find("acme/noise", "v1", "acme/noise@v1"))
                        .isInstanceOf(ActionSources.Refused.class)
                        .hasMessage(
                                "Unable to fetch action `acme/noise@v1`: it is larger than 1 MiB");
                var bomb = from.find("acme/bomb", "v1", "acme/bomb@v1").orElseThrow();
                assertThatThrownBy(
                                () -> from.export(bomb, temporary.resolve("out"), "acme/bomb@v1"))
                        .hasMessage(
                                "Unable to fetch action `acme/bomb@v1`: it has 20 MiB of files, and"
                                        + " may have 1");
            }
        }
        assertThat(temporary.resolve("out/file")).doesNotExist();
    }

    @Test
    void whatNobodyUsedForAMonthIsBroughtAgainWhenItIsWanted() throws Exception {
        Path shelf = temporary.resolve("shelf");
        for (String name : List.of("acme/old", "acme/kept", "acme/new")) {
            shelve(shelf, name, random(1 << 10));
        }
        Path brought = temporary.resolve("b/upstream/acme");
        try (var server = new GitServer(shelf)) {
            var settings =
                    upstream(new ActionSettings.Upstream.Server(server.base(), Optional.empty()));
            try (var from = new ActionRepositories(settings, temporary.resolve("b"), 1 << 20)) {
                assertThat(from.find("acme/old", "v1", "acme/old@v1")).isPresent();
                assertThat(from.find("acme/kept", "v1", "acme/kept@v1")).isPresent();
                Files.setLastModifiedTime(
                        brought.resolve("old.git/config"),
                        FileTime.from(Instant.now().minus(Duration.ofDays(31))));
                assertThat(from.find("acme/new", "v1", "acme/new@v1")).isPresent();
                assertThat(brought).isDirectoryNotContaining("glob:**old.git");
                assertThat(brought).isDirectoryContaining("glob:**kept.git");
                assertThat(from.find("acme/old", "v1", "acme/old@v1")).isPresent();
            }
        }
    }

    private static ActionSettings upstream(ActionSettings.Upstream from) {
        return new ActionSettings(Optional.of(from), Optional.empty(), ActionPolicy.ALL, false);
    }

    private Path random(int bytes) throws Exception {
        var noise = new byte[bytes];
        new Random(1).nextBytes(noise);
        try (var file = new RandomAccessFile(temporary.resolve("zeros").toFile(), "rw")) {
            file.setLength(20L << 20);
        }
        return Files.write(temporary.resolve("noise"), noise);
    }

    private void shelve(Path shelf, String name, Path file) throws Exception {
        Path bare = Files.createDirectories(shelf.resolve(name + ".git"));
        Path work = Files.createDirectories(temporary.resolve("work").resolve(name));
        Ground.git(work, "init", "-q", "-b", "main");
        Files.copy(file, work.resolve("file"));
        Files.writeString(
                work.resolve("action.yml"),
                "name: x\nruns: {using: composite, steps: [{run: 'echo from the repository', shell: bash}]}\n");
        Ground.git(work, "add", "-A");
        Ground.git(work, "-c", "user.name=O", "-c", "user.email=o@x.org", "commit", "-qm", "One");
        Ground.git(bare, "init", "-q", "--bare");
        Ground.git(work, "push", "-q", bare.toString(), "HEAD:refs/tags/v1");
    }

    @Test
    void repositoriesArePreferredWhereTheyCanBeHad() throws Exception {
        Path shelf = temporary.resolve("shelf");
        shelve(shelf, "actions/setup-node", random(10));
        Path folder = Files.createDirectories(temporary.resolve("mine/.github/workflows"));
        Files.writeString(
                folder.resolve("ci.yml"),
                """
                on: push
                jobs:
                  a:
                    runs-on: ubuntu-latest
                    steps: [{uses: actions/setup-node@v1}, {uses: actions/checkout@v4}]
                """);
        Path mine = temporary.resolve("mine");
        Ground.git(mine, "init", "-q", "-b", "main");
        var settings =
                new ActionSettings(
                        Optional.of(new ActionSettings.Upstream.Folder(shelf)),
                        Optional.empty(),
                        ActionPolicy.ALL,
                        true);
        var lines = new java.util.concurrent.CopyOnWriteArrayList<String>();
        try (var other = new Yard().start()) {
            var end =
                    new LocalRun(other.spine, settings, new Lines(lines))
                            .run(
                                    mine,
                                    new LocalRun.Wanted(
                                            Path.of(".github/workflows/ci.yml"),
                                            "",
                                            Optional.empty(),
                                            "",
                                            Map.of(),
                                            Map.of()));
            assertThat(end.conclusion()).as(String.join("\n", lines)).isEqualTo("success");
        }
        assertThat(lines).contains("from the repository").anyMatch(l -> l.startsWith("Syncing"));
    }

    /** Keeps the lines alone. */
    private record Lines(List<String> lines) implements LocalRun.Watcher {
        @Override
        public void note(String sentence) {}

        @Override
        public void begins(String workflow, List<String> jobs) {}

        @Override
        public void line(String job, String text) {
            lines.add(text);
        }

        @Override
        public void stepBegan(String job, String title) {}

        @Override
        public void stepEnded(String job, String title, String conclusion) {}
    }
}
