package dev.rondo.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Which example the demo pushes.
 *
 * @param name of the folder under {@code examples}, of the project and of its service
 * @param path at which the router serves it
 * @param traffic what its users ask for all the time, below the path
 * @param feature what the second push adds, below the path
 * @param why it was chosen; empty for the usual one
 */
record DemoProject(
        String name, Path examples, String path, List<String> traffic, String feature, String why) {

    /** The shop, or hello where what the shop needs is not to be had. */
    static DemoProject choose(Path home) {
        var missing = whatTheShopMisses();
        return missing.isEmpty()
                ? shop(home, "")
                : hello(home, missing + ": the demo uses examples/hello, one Java file, instead.");
    }

    static DemoProject shop(Path home, String why) {
        return new DemoProject(
                "shop",
                home.resolve("examples"),
                "/shop",
                List.of("/", "/api/products", "/api/products/teapot"),
                "/api/recommendations?product=teapot",
                why);
    }

    static DemoProject hello(Path home, String why) {
        return new DemoProject(
                "hello",
                home.resolve("examples"),
                "/hello-service",
                List.of("/", "/healthz"),
                "/recommendations",
                why);
    }

    private static String whatTheShopMisses() {
        if (!succeeds("node", "--version")) {
            return "Node.js is missing";
        }
        return succeeds("npm", "view", "react@19", "version", "--fetch-retries=0")
                ? ""
                : "The npm registry cannot be reached";
    }

    private static boolean succeeds(String... command) {
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Path source() {
        return examples.resolve(name);
    }

    Path change(String step) {
        return examples.resolve(name + "-changes").resolve(step);
    }

    String message(String step, long ticket) {
        try {
            return Files.readString(change(step).resolve("message.txt"))
                    .replace("${ticket}", String.valueOf(ticket));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
