package dev.rondo.natives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.jobs.JobFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A tool cache in the layout of the official actions, with programs that say their version. */
final class SetupTest {
    private static JobBench bench;
    private static Path cache;

    @BeforeAll
    static void start() throws IOException {
        bench = new JobBench();
        cache = JobBench.temporary();
        bench.tools = Optional.of(cache);
        for (String version : new String[] {"18.19.0", "20.11.1", "20.9.0", "21.7.3"}) {
            put("node/" + version + "/x64/bin/node", "echo v" + version);
        }
        put("node/22.1.0/x64/bin/node", "echo v22.1.0");
        Files.delete(cache.resolve("node/22.1.0/x64.complete"));
        put("Java_Temurin-Hotspot_jdk/21.0.2-13/x64/bin/java", "echo 21.0.2");
        put("Java_Temurin-Hotspot_jdk/17.0.9-9/x64/bin/java", "echo 17.0.9");
        put("Java_Zulu_jdk/21.0.4-7/x64/bin/java", "echo zulu");
        put("Python/3.12.1/x64/bin/python", "echo Python 3.12.1");
        put("Python/3.99.0-b2/x64/bin/python", "echo Python 3.99.0b2");
        put("go/1.21.5/x64/bin/go", "echo go1.21.5");
        put("go/1.22.0/x64/bin/go", "echo go1.22.0");
    }

    private static void put(String path, String script) throws IOException {
        Path file = cache.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        file.toFile().setExecutable(true);
        Path folder = file.getParent().getParent();
        Files.writeString(folder.resolveSibling(folder.getFileName() + ".complete"), "");
    }

    @AfterAll
    static void stop() throws IOException {
        bench.close();
        JobFolders.delete(cache);
    }

    private static JobBench.Played good(String steps) {
        JobBench.Played played = bench.steps(steps);
        assertThat(played.end().outcome()).as(played.text()).isEqualTo("success");
        return played;
    }

    private static JobBench.Played bad(String steps) {
        JobBench.Played played = bench.steps(steps);
        assertThat(played.end().outcome()).as(played.text()).isEqualTo("failure");
        return played;
    }

    private static JobBench.Played node(String version) {
        return good(
                """
                - uses: actions/setup-node@v4
                  id: node
                  with: {node-version: '%s'}
                - run: echo "$(node) and ${{ steps.node.outputs.node-version }}"
                """
                        .formatted(version));
    }

    @Test
    void nodeIsChosenByRange() {
        assertThat(node("20").log()).contains("v20.11.1 and v20.11.1");
        assertThat(node("^18.2 || ^19").log()).contains("v18.19.0 and v18.19.0");
        assertThat(node("20.9.x").log()).contains("v20.9.0 and v20.9.0");
        assertThat(node("lts/*").log()).contains("v20.11.1 and v20.11.1");
        assertThat(node("lts/hydrogen").log()).contains("v18.19.0 and v18.19.0");
        assertThat(node("latest").log()).contains("v21.7.3 and v21.7.3");
    }

    @Test
    void nodeThatIsMissingIsSaidWithWhatThereIs() {
        assertThat(bad("- uses: actions/setup-node@v4\n  with: {node-version: 22}").text())
                .contains(
                        "##[error]Unable to find Node version '22' for platform linux and architecture x64.")
                .contains("21.7.3 (tool cache), 20.");
        assertThat(bad("- uses: actions/setup-node@v4\n  with: {node-version-file: .nvmrc}").text())
                .contains("##[error]The specified node version file at: ")
                .contains("/work/.nvmrc does not exist");
    }

    @Test
    void nodesVersionMayStandInFiles() {
        var played =
                good(
                        """
                        - run: |
                            echo v18 > .nvmrc
                            printf 'golang 1\\nnodejs 20.9.0\\n' > .tool-versions
                            echo '{"engines": {"node": ">=20 <21"}, "volta": {"node": "21.7.3"}}' > package.json
                            mkdir sub; echo '{"volta": {"extends": "../package.json"}}' > sub/package.json
                        - uses: actions/setup-node@v4
                          with: {node-version-file: .nvmrc}
                        - run: node
                        - uses: actions/setup-node@v4
                          with: {node-version-file: .tool-versions}
                        - run: node
                        - uses: actions/setup-node@v4
                          with: {node-version-file: sub/package.json}
                        - run: node
                        """);
        assertThat(played.log())
                .contains("Resolved .nvmrc as 18", "v18.19.0", "v20.9.0", "v21.7.3");
    }

    @Test
    void registryGetsItsTokenFromTheEnvironment() {
        var played =
                good(
                        """
                        - uses: actions/setup-node@v4
                          with: {registry-url: 'https://npm.example.org', scope: Shop}
                        - run: cat "$NPM_CONFIG_USERCONFIG"; echo "token $NODE_AUTH_TOKEN"
                        """);
        assertThat(played.log())
                .contains(
                        "//npm.example.org/:_authToken=${NODE_AUTH_TOKEN}",
                        "@shop:registry=https://npm.example.org/",
                        "token XXXXX-XXXXX-XXXXX-XXXXX");
    }

    @Test
    void javaIsChosenByVendorAndVersion() {
        var played =
                good(
                        """
                        - uses: actions/setup-java@v4
                          id: java
                          with:
                            distribution: temurin
                            java-version: |
                              17
                              21
                        - run: |
                            echo "$(java) $JAVA_HOME_17_X64"
                            echo "${{ steps.java.outputs.version }} ${{ steps.java.outputs.distribution }}"
                            echo "home ${JAVA_HOME#$RUNNER_TOOL_CACHE} ${{ steps.java.outputs.path == env.JAVA_HOME }}"
                            cat ~/.m2/settings.xml
                        - uses: actions/setup-java@v4
                          with: {distribution: zulu, java-version: 21.0.4+7, server-id: shop}
                        - run: java; cat ~/.m2/settings.xml
                        """);
        assertThat(played.log())
                .contains("21.0.2 " + cache + "/Java_Temurin-Hotspot_jdk/17.0.9-9/x64")
                .contains("21.0.2+13 Temurin-Hotspot")
                .contains("home /Java_Temurin-Hotspot_jdk/21.0.2-13/x64 true", "zulu");
        assertThat(played.text()).contains("<id>github</id>").contains("<id>shop</id>");
        assertThat(
                        bad("- uses: actions/setup-java@v4\n  with: {distribution: temurin, java-version: 99}")
                                .text())
                .contains("##[error]Could not find satisfied version for SemVer '99'.")
                .contains("21.0.2+13 (tool cache)");
        assertThat(bad("- uses: actions/setup-java@v4\n  with: {java-version: 21}").log())
                .contains("##[error]Input required and not supplied: distribution");
        assertThat(
                        bad("- uses: actions/setup-java@v4\n  with: {distribution: temurin, java-version: x1}")
                                .text())
                .contains("is not valid SemVer notation for a Java version");
    }

    @Test
    void javaComesFromAnArchiveThatTheJobBrings() {
        var played =
                good(
                        """
                        - run: |
                            mkdir -p my-jdk/bin && printf '#!/bin/sh\\necho mine\\n' > my-jdk/bin/java
                            chmod +x my-jdk/bin/java && tar -czf jdk.tar.gz my-jdk
                        - uses: actions/setup-java@v5
                          id: java
                          with: {distribution: jdkfile, jdkFile: jdk.tar.gz, java-version: 25.0.1}
                        - run: |
                            echo "$(java) ${JAVA_HOME##*/} ${{ steps.java.outputs.path == env.JAVA_HOME }}"
                            echo "${{ steps.java.outputs.version }} ${{ steps.java.outputs.distribution }}"
                        """);
        assertThat(played.log()).contains("mine my-jdk true", "25.0.1 jdkfile");
        String with = "  with: {distribution: jdkfile, java-version: 21";
        assertThat(bad("- uses: actions/setup-java@v5\n" + with + "}").log())
                .contains("##[error]'jdkFile' is not specified");
        assertThat(bad("- uses: actions/setup-java@v5\n" + with + ", jdkFile: no.tgz}").text())
                .contains("##[error]JDK file was not found in path '/")
                .contains("/no.tgz'");
        assertThat(
                        bad("- run: touch jdk.tar.gz jdk.rar\n- uses: actions/setup-java@v5\n"
                                        + with
                                        + ", jdkFile: jdk.tar.gz}")
                                .text())
                .contains("/jdk.tar.gz' cannot be unpacked");
        assertThat(
                        bad("- run: touch jdk.rar\n- uses: actions/setup-java@v5\n"
                                        + with
                                        + ", jdkFile: jdk.rar}")
                                .text())
                .contains("Unsupported file extension of '");
    }

    @Test
    void pythonIsChosenWithoutEarlyVersionsUnlessAsked() {
        var played =
                good(
                        """
                        - uses: actions/setup-python@v5
                          id: py
                          with: {python-version: '~3.12.0 || >=3.99'}
                        - run: echo "$(python) ${{ steps.py.outputs.python-version }} $pythonLocation"
                        - uses: actions/setup-python@v5
                          id: early
                          with: {python-version: '3.99', allow-prereleases: true}
                        - run: echo "$(python) ${{ steps.early.outputs.python-path }}"
                        """);
        assertThat(played.log())
                .contains("Python 3.12.1 3.12.1 " + cache + "/Python/3.12.1/x64")
                .contains("Python 3.99.0b2 " + cache + "/Python/3.99.0-b2/x64/bin/python");
        assertThat(bad("- uses: actions/setup-python@v5\n  with: {python-version: '3.99'}").text())
                .contains("##[error]The version '3.99' with architecture 'x64' was not found");
    }

    @Test
    void pythonOfTheMachineWorksInsideJobs() {
        var played =
                good(
                        """
                        - run: python3 -c 'print("plain python works")'
                        - uses: actions/setup-python@v5
                          with: {python-version: '3.11'}
                        - run: python -c 'import sys; print("chosen", sys.version_info[:2])'
                        """);
        assertThat(played.log()).contains("plain python works", "chosen (3, 11)");
    }

    @Test
    void goIsChosenByRangeAndFile() {
        var played =
                good(
                        """
                        - run: printf 'module x\\n\\ngo 1.21\\n' > go.mod
                        - uses: actions/setup-go@v5
                          id: go
                          with: {go-version-file: go.mod}
                        - run: echo "$(go) ${{ steps.go.outputs.go-version }}"
                        - uses: actions/setup-go@v5
                          with: {go-version: stable}
                        - run: echo "now $(go)"
                        - uses: actions/setup-go@v5
                          with: {go-version: oldstable}
                        - run: echo "then $(go)"
                        """);
        assertThat(played.log()).contains("go1.21.5 1.21.5", "now go1.22.0", "then go1.21.5");
        assertThat(bad("- uses: actions/setup-go@v5\n  with: {go-version: '1.99'}").text())
                .contains(
                        "##[error]Unable to find Go version '1.99' for platform linux and architecture x64.");
    }
}
