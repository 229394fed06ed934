package dev.rondo.app;

import dev.rondo.local.LocalRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code rondo workflow run}: a workflow of the repository in this folder, on this machine. */
@Command(
        name = "run",
        description = "Runs a workflow of the repository in this folder, as it lies there now.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Exit codes: 0 success, 1 anything else. Ctrl-C cancels as GitHub does, a second one at"
                    + " once.",
            "Caches (actions/cache, cache: of setup actions) stay for the next run of the same"
                    + " repository in ~/.cache/rondo."
        })
final class WorkflowRunCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            description = "The workflow, such as .github/workflows/ci.yml.")
    String file = "";

    @Option(
            names = "--event",
            paramLabel = "NAME",
            description = "What happened (default: push, where the workflow listens to it).")
    String event = "";

    @Option(names = "--payload", paramLabel = "FILE", description = "github.event as JSON.")
    @Nullable Path payload;

    @Option(names = "--job", paramLabel = "ID", description = "Only this job and what it needs.")
    String job = "";

    @Option(names = "--input", paramLabel = "K=V", description = "An input of workflow_dispatch.")
    Map<String, String> inputs = new LinkedHashMap<>();

    @Option(
            names = "--secret",
            paramLabel = "K=V",
            description = "A secret; K alone takes the variable of that name.",
            mapFallbackValue = Option.NULL_VALUE)
    Map<String, Optional<String>> secrets = new LinkedHashMap<>();

    @Option(
            names = "--artifacts",
            paramLabel = "DIR",
            description = "Puts the artifacts of the run there; they go with it otherwise.")
    @Nullable Path artifacts;

    @Option(
            names = "--actions",
            paramLabel = "DIR|URL",
            description =
                    "Folder of bare repositories DIR/owner/name.git for actions, or a server of"
                            + " them (default: actions.upstream of rondo.toml).")
    @Nullable String actions;

    @Option(
            names = "--tool-cache",
            paramLabel = "DIR",
            description = "RUNNER_TOOL_CACHE in the layout of the official setup actions.")
    @Nullable String toolCache;

    @Option(
            names = "--sandbox",
            paramLabel = "on|off",
            description = "off runs steps as plain processes.")
    @Nullable String sandbox;

    @Option(
            names = {"-v", "--verbose"},
            description = "Prints the script, inputs and variables of each step too.")
    boolean verbose;

    @Option(names = "--json", description = "Prints the conclusion of every job and step.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        Path here = Main.workingDirectory();
        var settings = settings(here);
        var wanted =
                new LocalRun.Wanted(Path.of(file), event, payloadText(here), job, inputs, given());
        PrintStream log = json ? System.err : System.out;
        var terminal = new RunTerminal(log, System.err, coloured(), verbose);
        try (var home = LocalHome.of(LocalRun.top(here));
                var spine = LocalSpine.open(home, settings.sandboxMode())) {
            var run =
                    new LocalRun(
                            spine.spine(),
                            settings.actions(),
                            json ? new Silence(terminal) : terminal);
            spine.serves(run::routes);
            Interrupts.first(() -> cancel(run), () -> kill(run));
            if (home.lasts()) {
                run.readCaches(home.root());
            } else {
                terminal.note(
                        "another run of this repository is under way: this one has no caches");
            }
            LocalRun.Conclusion end = run.run(here, wanted);
            if (home.lasts()) {
                run.writeCaches(home.root());
            }
            if (json) {
                System.out.println(JsonMapper.shared().writeValueAsString(end));
            } else {
                terminal.end(end);
            }
            artifacts(run, here, terminal);
            return end.conclusion().equals("success") ? 0 : 1;
        }
    }

    private void artifacts(LocalRun run, Path here, RunTerminal terminal) {
        if (artifacts != null) {
            List<String> names = run.copyArtifacts(here.resolve(artifacts));
            terminal.note(
                    names.isEmpty()
                            ? "the run left no artifacts"
                            : artifacts + ": " + String.join(", ", names));
        }
    }

    private static void cancel(LocalRun run) {
        System.err.println("Cancelling … (once more ends it at once)");
        run.cancel();
    }

    private static void kill(LocalRun run) {
        System.err.println("Ending it at once …");
        run.kill();
    }

    /** What a file of settings in this folder says too, with the flags of this command. */
    private SettingsReader.ForRuns settings(Path here) {
        var flags = new LinkedHashMap<String, String>();
        put(flags, "actions.upstream", actions);
        put(flags, "actions.tool-cache", toolCache);
        put(flags, "sandbox", sandbox);
        return new SettingsReader(flags, System.getenv(), here).forRuns();
    }

    private static void put(Map<String, String> flags, String name, @Nullable String value) {
        if (value != null) {
            flags.put(name, value);
        }
    }

    private Map<String, String> given() {
        var values = new LinkedHashMap<String, String>();
        secrets.forEach((name, value) ->
                values.put(
                        name,
                        value.or(() -> Optional.ofNullable(System.getenv(name)))
                                .orElseThrow(() ->
                                        new UsageProblem(
                                                "--secret: give %s=VALUE, or set the variable %s"
                                                        .formatted(name, name)))));
        return values;
    }

    /** By https://no-color.org and what follows it. */
    private boolean coloured() {
        if (json || !System.getenv().getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        var console = System.console();
        return !System.getenv().getOrDefault("FORCE_COLOR", "").isEmpty()
                || console != null && console.isTerminal();
    }

    private Optional<String> payloadText(Path here) {
        if (payload == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(here.resolve(payload)));
        } catch (IOException e) {
            throw new UsageProblem("--payload: " + payload + " cannot be read");
        }
    }

    /** With {@code --json} only what the user should know. */
    private record Silence(RunTerminal terminal) implements LocalRun.Watcher {
        @Override
        public void note(String sentence) {
            terminal.note(sentence);
        }

        @Override
        public void begins(String workflow, List<String> jobs) {}

        @Override
        public void line(String job, String text) {}

        @Override
        public void stepBegan(String job, String title) {}

        @Override
        public void stepEnded(String job, String title, String conclusion) {}
    }
}
