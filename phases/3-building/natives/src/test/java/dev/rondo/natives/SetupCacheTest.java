package dev.rondo.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code cache:} of the setup actions, with package managers that only say where their cache is.
 */
final class SetupCacheTest {
    @TempDir private static Path tools = Path.of("");
    private static JobBench bench;

    @BeforeAll
    static void start() throws IOException {
        bench = new JobBench();
        bench.tools = Optional.of(tools);
        put("node/20.11.1/x64/bin/node", "echo v20.11.1");
        put("node/20.11.1/x64/bin/npm", "[ \"$*\" = 'config get cache' ] && echo \"$HOME/.npm\"");
        put(
                "node/20.11.1/x64/bin/yarn",
                "case \"$*\" in --version) echo 4.1.0 ;; *) echo \"$HOME/.yarn/berry\" ;; esac");
        put("Java_Temurin-Hotspot_jdk/21.0.2-13/x64/bin/java", "echo 21.0.2");
        put("Python/3.12.1/x64/bin/python", "echo Python 3.12.1");
        put("Python/3.12.1/x64/bin/pip", "echo \"$HOME/.cache/pip\"");
        put(
                "go/1.22.0/x64/bin/go",
                "printf '%s\\n' \"$HOME/go/pkg/mod\" \"$HOME/.cache/go-build\"");
    }

    private static void put(String path, String script) throws IOException {
        Path file = tools.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        file.toFile().setExecutable(true);
        Path folder = file.getParent().getParent();
        Files.writeString(folder.resolveSibling(folder.getFileName() + ".complete"), "");
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    private static JobBench.Played good(String steps) {
        JobBench.Played played = bench.steps(steps);
        assertThat(played.end().outcome()).as(played.text()).isEqualTo("success");
        return played;
    }

    /** Files, the action, and a step that shows what is cached and adds to it. */
    private static String steps(String files, String uses, String with, String kept) {
        return """
        - run: %s
        - {uses: %s, id: s, with: {%s}}
        - run: |
            echo "hit=${{ steps.s.outputs.cache-hit }}"; cat %s/x || true
            mkdir -p %s; echo warm > %s/x
        """
                .formatted(files, uses, with, kept, kept, kept);
    }

    private static void secondJobFindsWhatTheFirstSaved(String steps, String key) {
        assertThat(good(steps).log())
                .contains("hit=false")
                .anyMatch(line -> line.matches("Cache saved with the key: " + key));
        assertThat(good(steps).log())
                .contains("hit=true", "warm")
                .anyMatch(line -> line.matches("Cache restored from key: " + key))
                .anyMatch(line ->
                        line.matches(
                                "Cache hit occurred on the primary key "
                                        + key
                                        + ", not saving cache\\."));
    }

    @Test
    void npmIsKeptByTheHashOfItsLock() {
        secondJobFindsWhatTheFirstSaved(
                steps(
                        "echo '{}' > package-lock.json",
                        "actions/setup-node@v4",
                        "node-version: 20, cache: npm",
                        "~/.npm"),
                "node-cache-Linux-x64-npm-[0-9a-f]{64}");
        String other =
                steps(
                        "mkdir sub; echo '{\"a\":1}' > sub/package-lock.json",
                        "actions/setup-node@v4",
                        "node-version: 20, cache: npm, cache-dependency-path: sub/package-lock.json",
                        "~/.npm");
        assertThat(good(other).log()).contains("hit=false", "npm cache is not found");
    }

    @Test
    void npmIsKeptUnaskedWherePackageJsonNamesItAndTheVersionOfTheActionLooks() {
        String files =
                "echo '{\"packageManager\":\"npm@11.0.0\"}' > package.json;"
                        + " echo '{\"of\":1}' > package-lock.json";
        String key = "node-cache-Linux-x64-npm-[0-9a-f]{64}";
        String with = "node-version: 20";
        secondJobFindsWhatTheFirstSaved(steps(files, "actions/setup-node@v6", with, "~/.npm"), key);
        assertThat(good(steps(files, "actions/setup-node@v5.0.1", with, "~/.npm")).log())
                .contains("hit=true")
                .anyMatch(line -> line.startsWith("Detected npm as the package manager"));
        assertThat(good(steps(files, "actions/setup-node@v4", with, "~/.npm")).log())
                .contains("hit=false")
                .noneMatch(line -> line.startsWith("Detected"));
        String without = with + ", package-manager-cache: false";
        assertThat(good(steps(files, "actions/setup-node@main", without, "~/.npm")).log())
                .contains("hit=false");
    }

    @Test
    void yarnSaysItsFolderByItsVersion() {
        secondJobFindsWhatTheFirstSaved(
                steps(
                        "echo lock > yarn.lock",
                        "actions/setup-node@v4",
                        "node-version: 20, cache: yarn",
                        "~/.yarn/berry"),
                "node-cache-Linux-x64-yarn-[0-9a-f]{64}");
    }

    @Test
    void mavenIsKeptByItsPoms() {
        secondJobFindsWhatTheFirstSaved(
                steps(
                        "mkdir -p a; echo '<p/>' > a/pom.xml",
                        "actions/setup-java@v4",
                        "java-version: 21, distribution: temurin, cache: maven",
                        "~/.m2/repository"),
                "setup-java-Linux-x64-maven-[0-9a-f]{64}");
    }

    @Test
    void pipTakesAnOlderCacheOfTheSamePython() {
        String first =
                steps(
                        "echo requests > requirements.txt",
                        "actions/setup-python@v5",
                        "python-version: '3.12', cache: pip",
                        "~/.cache/pip");
        secondJobFindsWhatTheFirstSaved(
                first, "setup-python-Linux-x64-python-3.12.1-pip-[0-9a-f]{64}");
        assertThat(good(first.replace("requests", "flask")).log()).contains("hit=false", "warm");
    }

    @Test
    void goIsKeptUnlessSwitchedOff() {
        secondJobFindsWhatTheFirstSaved(
                steps(
                        "echo sum > go.sum",
                        "actions/setup-go@v5",
                        "go-version: '1.22'",
                        "~/go/pkg/mod"),
                "setup-go-Linux-x64-go-1\\.22\\.0-[0-9a-f]{64}");
        assertThat(good("- {uses: actions/setup-go@v5, with: {go-version: '1.22'}}\n").text())
                .contains("##[warning]Restore cache failed: Dependencies file is not found in");
        assertThat(
                        good("- {uses: actions/setup-go@v5, with: {go-version: '1.22', cache: false}}\n")
                                .text())
                .doesNotContain("Restore cache");
    }

    @Test
    void whatIsMissingIsSaidInTheWordsOfTheRealActions() {
        fails(
                "{uses: actions/setup-node@v4, with: {node-version: 20, cache: npm}}",
                "Dependencies lock file is not found in ",
                "Supported file patterns: package-lock.json,npm-shrinkwrap.json,yarn.lock");
        fails(
                "{uses: actions/setup-node@v4, with: {node-version: 20, cache: bower}}",
                "Caching for 'bower' is not supported");
        fails(
                "{uses: actions/setup-node@v4, with: {node-version: 20, cache: npm,"
                        + " cache-dependency-path: no.json}}",
                "Some specified paths were not resolved, unable to cache dependencies.");
        fails(
                "{uses: actions/setup-java@v4, with: {java-version: 21, distribution: temurin,"
                        + " cache: gradle}}",
                "No file in ",
                "matched to [**/*.gradle*,**/gradle-wrapper.properties,");
        fails(
                "{uses: actions/setup-python@v5, with: {python-version: '3.12', cache: pip}}",
                "No file in ",
                "matched to [**/requirements.txt or **/pyproject.toml], make sure you have checked"
                        + " out the target repository");
    }

    private static void fails(String step, String... words) {
        JobBench.Played played = bench.steps("- " + step + "\n");
        assertThat(played.end().outcome()).as(played.text()).isEqualTo("failure");
        assertThat(played.text()).contains(words);
    }

    @Test
    void homeIsFoundThoughEachJobHasAnotherOne() {
        String steps =
                """
                - {uses: actions/setup-node@v4, with: {node-version: 20}}
                - run: |
                    echo "home $(cat ~/.npm/mark || echo none)"
                    mkdir -p ~/.npm; echo x > ~/.npm/mark; echo '{"h":1}' > package-lock.json
                - {uses: actions/setup-node@v4, with: {node-version: 20, cache: npm}}
                - run: echo "then $(cat ~/.npm/mark)"
                """;
        assertThat(good(steps).log()).contains("home none", "then x");
        assertThat(good(steps).log()).contains("home none", "then x");
    }
}
