package dev.rondo.releasing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.web.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rondo release next} against histories that real git made. */
class ReleaseNextTest {

    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void repository() {
        Rig.git(folder, "init", "-q", "-b", "main");
    }

    private void commit(String message) {
        Rig.git(
                folder,
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                message);
    }

    private int run(Path where, boolean json) {
        out.reset();
        err.reset();
        return new ReleaseNext(
                        Locale.ENGLISH,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(where, json);
    }

    @Test
    void theFirstReleaseIsOne() {
        commit("chore: begin");
        commit("feat: sell tea\n\nFixes #2");
        assertThat(run(folder, false)).isEqualTo(ReleaseNext.RELEASE);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("1.0.0\n")
                .contains("### Features", "- sell tea (`", "#2)");
    }

    @Test
    void aFixAfterATagIsAPatchAndTheLastOneReachableCounts() {
        commit("feat: a");
        Rig.git(folder, "tag", "v1.0.0");
        Rig.git(folder, "checkout", "-q", "-b", "other");
        commit("feat: elsewhere");
        Rig.git(folder, "tag", "v3.0.0");
        Rig.git(folder, "checkout", "-q", "main");
        commit("fix: b");
        Rig.git(folder, "tag", "v2.0.0-rc.1");
        Rig.git(folder, "tag", "not-a-version");
        assertThat(run(folder, true)).isEqualTo(ReleaseNext.RELEASE);
        var json = Json.MAPPER.readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(json.get("version").asString()).isEqualTo("1.0.1");
        assertThat(json.get("last").asString()).isEqualTo("1.0.0");
        assertThat(json.get("bump").asString()).isEqualTo("patch");
        assertThat(json.get("changes").size()).isEqualTo(1);
    }

    @Test
    void whatBreaksIsAMajorOne() {
        commit("feat: a");
        Rig.git(folder, "-c", "user.name=a", "-c", "user.email=a@x", "tag", "-am", "one", "1.4.2");
        commit("fix: b");
        commit("refactor!: c");
        commit("docs: d");
        run(folder, false);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("2.0.0\n")
                .contains("### What breaks", "### Fixes", "### Documentation");
    }

    @Test
    void nothingWorthAReleaseSaysSo() {
        commit("feat: a");
        Rig.git(folder, "tag", "v1.0.0");
        commit("Tidy up");
        assertThat(run(folder, false)).isEqualTo(ReleaseNext.NOTHING);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("Nothing to release: since 1.0.0");
    }

    @Test
    void aFolderInsideAndABareCloneWorkAlike() throws IOException {
        commit("feat: a");
        var inside = Files.createDirectories(folder.resolve("a/b"));
        assertThat(run(inside, false)).isEqualTo(ReleaseNext.RELEASE);
        Rig.git(folder, "clone", "-q", "--bare", ".", "bare.git");
        assertThat(run(folder.resolve("bare.git"), false)).isEqualTo(ReleaseNext.RELEASE);
    }

    @Test
    void noRepositoryAndNoCommitAreTrouble(@TempDir Path empty) {
        assertThat(run(empty, false)).isEqualTo(ReleaseNext.TROUBLE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is no git repository");
        assertThat(run(folder, false)).isEqualTo(ReleaseNext.TROUBLE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no commit yet");
    }
}
