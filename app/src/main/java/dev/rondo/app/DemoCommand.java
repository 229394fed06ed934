package dev.rondo.app;

import dev.rondo.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code rondo demo}: starts Rondo in a fresh directory and turns the loop in front of the user.
 */
@Command(
        name = "demo",
        description = "Turns the whole loop with an example project, then stays up.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {

    static final String ACCOUNT = "ada";
    static final String PASSWORD = "lovelace-1843";

    @Option(names = "--exit", description = "Ends after the last step.")
    boolean exit;

    @Option(names = "--report", description = "Writes the steps as JSON.", paramLabel = "FILE")
    @Nullable Path reportFile;

    @Option(names = "--example", description = "shop or hello (default: shop if it can be built).")
    @Nullable String example;

    @Mixin SettingsFlags flags = new SettingsFlags();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var work = Files.createTempDirectory("rondo-demo-");
        var settings = settings(work);
        var report = new DemoReport(System.out);
        var project = project();
        if (!project.why().isEmpty()) {
            System.out.println(project.why());
        }
        var rondo = Rondo.open(settings);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    rondo.close();
                                    ended.countDown();
                                },
                                "shutdown"));
        rondo.start();
        System.out.println("Rondo is up at " + settings.publicUrl() + ", data in " + work);
        boolean complete = tell(settings, rondo, project, report, work);
        if (reportFile != null) {
            report.write(Main.workingDirectory().resolve(reportFile), complete);
        }
        System.out.println(
                complete ? "The loop has turned once." : "The loop has not turned: see above.");
        if (!exit) {
            System.out.printf(
                    "Sign in at %s as %s with %s. Ctrl-C ends the demo.%n",
                    settings.publicUrl(), ACCOUNT, PASSWORD);
            ended.await();
        }
        return complete ? 0 : 1;
    }

    private DemoProject project() {
        return switch (example) {
            case null -> DemoProject.choose(home());
            case "shop" -> DemoProject.shop(home(), "");
            case "hello" -> DemoProject.hello(home(), "");
            default -> throw new UsageProblem("--example is shop or hello, not " + example);
        };
    }

    /** Without walls where there are none to be had: only the example runs. */
    private Settings settings(Path work) {
        Map<String, String> given = new LinkedHashMap<>(flags.given());
        given.putIfAbsent("data", work.resolve("data").toString());
        given.put("stop-instances", "true");
        var settings = read(given);
        if (given.containsKey("sandbox") || settings.sandbox() == Sandbox.Mode.OFF) {
            return settings;
        }
        try (var walls = Sandbox.open(work.resolve("walls"), settings.sandbox())) {
            var probe = walls.probe();
            if (probe.works()) {
                return settings;
            }
            System.out.println(
                    "Sandbox: off for this demo, because programs cannot be walled in here: "
                            + String.join("; ", probe.problems())
                            + ". Jobs and instances run as plain processes; they are the example's"
                            + " own.");
        }
        given.put("sandbox", "off");
        return read(given);
    }

    private static Settings read(Map<String, String> given) {
        return new SettingsReader(given, System.getenv(), Main.workingDirectory()).read();
    }

    private static Path home() {
        return Path.of(System.getProperty("rondo.home", "")).toAbsolutePath();
    }

    private static boolean tell(
            Settings settings, Rondo rondo, DemoProject project, DemoReport report, Path work) {
        var server = new DemoServer(settings.publicUrl());
        var secret = rondo.access().setupSecret().orElse("");
        var token = DemoAccount.make(server, secret, ACCOUNT, PASSWORD);
        server.token(token);
        var git =
                new DemoGit(
                        work.resolve("checkout"),
                        DemoAccount.remote(settings.publicUrl(), ACCOUNT, token, project.name()));
        git.init("Ada Lovelace", "ada@example.org");
        var router = URI.create("http://" + settings.host() + ":" + settings.routerPort());
        try (var traffic =
                new DemoTraffic(
                        router,
                        project.traffic().stream().map(path -> project.path() + path).toList())) {
            var story = new DemoStory(server, project, report, traffic, git);
            return story.tell() && report.complete(DemoStory.STEPS);
        }
    }
}
