package dev.rondo.app;

import dev.rondo.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * The training run behind the start-up cache. What it does not go through starts slowly later, so
 * it does what a start does: it reads settings, tries the sandbox, makes a schema and, the second
 * time, finds one.
 */
@Command(name = "warm-up", hidden = true, description = "Trains the start-up cache.")
final class WarmUpCommand implements Callable<Integer> {

    private static final String WORKFLOW =
            """
            on: push
            jobs:
              warm-up:
                runs-on: ubuntu-latest
                steps: [{uses: actions/checkout@v4}, {run: ls}]
            """;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var data = Files.createTempDirectory("rondo-warm-up-");
        try {
            var sandbox = walls(data);
            startAndVisit(data, sandbox);
            startAndVisit(data, sandbox);
            runAndCheck(Files.createDirectories(data.resolve("shop")), sandbox);
        } finally {
            delete(data);
        }
        return 0;
    }

    private static String walls(Path data) {
        var sandbox = Sandbox.open(data, Sandbox.Mode.BUBBLEWRAP);
        try {
            return sandbox.probe().works() ? "on" : "off";
        } finally {
            sandbox.close();
        }
    }

    private static void startAndVisit(Path data, String sandbox)
            throws IOException, InterruptedException {
        var flags =
                Map.of(
                        "data", data.toString(),
                        "port", "0",
                        "router-port", "0",
                        "stop-instances", "true",
                        "sandbox", sandbox);
        var settings = new SettingsReader(flags, Map.of(), data).read();
        try (var rondo = Rondo.open(settings)) {
            rondo.start();
            visit(rondo);
        }
    }

    private static void visit(Rondo rondo) throws IOException, InterruptedException {
        var base = "http://127.0.0.1:" + rondo.port();
        try (var http = HttpClient.newHttpClient()) {
            for (var path : new String[] {"/healthz", "/session", "/", "/metrics", "/readyz"}) {
                http.send(
                        HttpRequest.newBuilder(URI.create(base + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
            }
        }
    }

    /** What people wait for at their desks. */
    private static void runAndCheck(Path folder, String sandbox)
            throws IOException, InterruptedException {
        Path file = Files.createDirectories(folder.resolve(".github/workflows")).resolve("ci.yml");
        Files.writeString(file, WORKFLOW);
        if (new ProcessBuilder("git", "init", "-q").directory(folder.toFile()).start().waitFor()
                != 0) {
            return;
        }
        System.setProperty("rondo.cwd", folder.toString());
        System.setProperty("rondo.cache", folder.resolveSibling("cache").toString());
        Main.run("workflow", "check", file.toString());
        Main.run("workflow", "run", file.toString(), "--sandbox", sandbox);
        Main.run("expr", "1 + 1");
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
