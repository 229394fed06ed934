package dev.rondo.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Node runs a JavaScript action, with Nodes that only say who they are. */
class NodeScriptsTest {

    private static final Path OF_THE_MACHINE = Path.of("/usr/bin/node");

    @TempDir Path folder;

    private record Ran(int code, List<String> lines) {}

    /** In the layout of the official setup action. */
    private void cached(String version) throws IOException {
        node(folder.resolve("tools/node/" + version + "/x64/bin"), version);
    }

    /** Shows what it was given itself: a shell hands on only what it takes for a name. */
    private void node(Path bin, String version) throws IOException {
        var major = version.substring(0, version.indexOf('.'));
        program(
                bin,
                """
                #!/bin/sh
                if [ "$1" = -p ]; then echo %s; exit; fi
                echo "%s runs $*"
                tr '\\0' '\\n' </proc/$$/environ | grep '^INPUT_' | sort
                exit 3
                """
                        .formatted(major, version));
    }

    private static void program(Path bin, String text) throws IOException {
        var node = Files.createDirectories(bin).resolve("node");
        Files.writeString(node, text);
        assertThat(node.toFile().setExecutable(true)).isTrue();
    }

    /** As a step does it, on a machine whose own Node is out of sight. */
    private Ran run(int wanted, String... variables) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("bwrap", "--dev-bind", "/", "/"));
        if (Files.exists(OF_THE_MACHINE)) {
            command.addAll(List.of("--ro-bind", "/dev/null", OF_THE_MACHINE.toString()));
        }
        command.addAll(List.of("sh", "-c", NodeScripts.FIND, "node"));
        command.addAll(List.of(String.valueOf(wanted), "/actions/a b/index.js"));
        command.addAll(List.of(variables));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("own bin") + ":/usr/bin:/bin");
        builder.environment().put("RUNNER_TOOL_CACHE", folder.resolve("tools").toString());
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), said.lines().toList());
    }

    @Test
    void theVeryMajorThatIsWantedRunsWhateverElseIsThere() throws Exception {
        for (var version : List.of("16.20.2", "18.19.0", "20.11.1", "22.1.0", "24.0.0")) {
            cached(version);
        }
        for (var one : List.of("16.20.2", "20.11.1", "24.0.0")) {
            var ran = run(Integer.parseInt(one.substring(0, 2)));
            assertThat(ran.lines()).containsExactly(one + " runs /actions/a b/index.js");
            assertThat(ran.code()).as("the action's own exit code").isEqualTo(3);
        }
    }

    @Test
    void elseTheNextHigherOneRunsWithoutAWord() throws Exception {
        // In the order of names: 22, 24, 9; none of them may win by standing first or last.
        for (var version : List.of("18.19.0", "24.0.0", "22.1.0", "26.3.0", "9.0.0")) {
            cached(version);
        }
        assertThat(run(20).lines()).containsExactly("22.1.0 runs /actions/a b/index.js");
        assertThat(run(23).lines()).containsExactly("24.0.0 runs /actions/a b/index.js");
        assertThat(run(8).lines()).containsExactly("9.0.0 runs /actions/a b/index.js");
    }

    @Test
    void elseTheNewestOfTheOlderOnesRunsWithAWarning() throws Exception {
        for (var version : List.of("16.20.2", "18.19.0", "9.0.0")) {
            cached(version);
        }
        assertThat(run(20).lines())
                .containsExactly(
                        "::warning::This action wants Node.js 20; it runs with 18, the newest on"
                                + " this machine",
                        "18.19.0 runs /actions/a b/index.js");
    }

    @Test
    void withoutAnyNodeTheStepFailsAndSaysWhatIsMissing() throws Exception {
        var ran = run(20);
        assertThat(ran.code()).isEqualTo(127);
        assertThat(ran.lines())
                .containsExactly(
                        "::error::This action needs Node.js 20, and no Node.js is on this machine");
    }

    @Test
    void theOneOnThePathCountsTooAlsoBesideNewerOnesOfTheCache() throws Exception {
        cached("22.1.0");
        node(folder.resolve("own bin"), "20.0.1");
        assertThat(run(20).lines()).containsExactly("20.0.1 runs /actions/a b/index.js");
        assertThat(run(21).lines()).containsExactly("22.1.0 runs /actions/a b/index.js");
        assertThat(run(23).lines()).last().isEqualTo("22.1.0 runs /actions/a b/index.js");
    }

    @Test
    void whatDoesNotRunIsNotTaken() throws Exception {
        cached("18.19.0");
        program(folder.resolve("tools/node/20.0.0/x64/bin"), "#!/bin/sh\nexit 1\n");
        program(folder.resolve("tools/node/20.0.1/x64/bin"), "#!/bin/sh\necho no number\n");
        cached("20.0.2");
        var node = folder.resolve("tools/node/20.0.2/x64/bin/node");
        assertThat(node.toFile().setExecutable(false)).isTrue();
        assertThat(run(20).lines()).last().isEqualTo("18.19.0 runs /actions/a b/index.js");
        assertThat(run(20).lines()).hasSize(2);
    }

    @Test
    void variablesThatNoShellTakesReachTheAction() throws Exception {
        cached("20.11.1");
        assertThat(run(20, "INPUT_FETCH-DEPTH=0", "INPUT_TOKEN=a b'c").lines())
                .containsExactly(
                        "20.11.1 runs /actions/a b/index.js",
                        "INPUT_FETCH-DEPTH=0",
                        "INPUT_TOKEN=a b'c");
    }
}
