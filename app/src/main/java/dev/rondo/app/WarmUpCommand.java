package dev.rondo.app;

import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The training run behind the start-up cache: starts, opens a few pages, stops. */
@Command(name = "warm-up", hidden = true, description = "Trains the start-up cache.")
final class WarmUpCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException, InterruptedException {
        var data = Files.createTempDirectory("rondo-warm-up-");
        var settings =
                new Settings(
                        data,
                        "127.0.0.1",
                        0,
                        0,
                        URI.create("http://127.0.0.1"),
                        new Database.Sqlite(data.resolve("rondo.db")),
                        Sandbox.Mode.OFF,
                        true);
        try (var rondo = Rondo.open(settings)) {
            rondo.start();
            visit(rondo);
        } finally {
            delete(data);
        }
        return 0;
    }

    private static void visit(Rondo rondo) throws IOException, InterruptedException {
        var base = "http://127.0.0.1:" + rondo.port();
        try (var http = HttpClient.newHttpClient()) {
            for (var path : new String[] {"/healthz", "/sign-in", "/", "/metrics", "/readyz"}) {
                http.send(
                        HttpRequest.newBuilder(URI.create(base + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
