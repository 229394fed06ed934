package dev.rondo.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the launcher starts Rondo: the same JVM, options, class path and start-up cache. */
final class RondoProgram {

    private static final Path FOLDER = Path.of(property("bench.program"));

    private RondoProgram() {}

    private static String property(String name) {
        var value = System.getProperty(name);
        if (value == null) {
            throw new BenchFailure("call ./rondo bench: " + name + " is not set");
        }
        return value;
    }

    static Path folder() {
        return FOLDER;
    }

    static boolean hasCache() {
        return Files.isRegularFile(FOLDER.resolve("rondo.aot"));
    }

    private static List<String> java() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(List.of(property("bench.options").split(" ")));
        return command;
    }

    /** The command line of {@code ./rondo …}, to be started in {@link #folder}. */
    static List<String> command(boolean cache, Path workingDirectory, List<String> arguments) {
        var command = java();
        if (cache) {
            command.addAll(
                    List.of(
                            "-XX:AOTCache=" + FOLDER.resolve("rondo.aot"),
                            "-Xlog:aot=off",
                            "-Xlog:cds=off"));
        }
        command.addAll(
                List.of(
                        "-Drondo.home=" + property("bench.home"),
                        "-Drondo.cwd=" + workingDirectory,
                        "-cp",
                        classPath(),
                        "dev.rondo.app.Main"));
        command.addAll(arguments);
        return command;
    }

    private static String classPath() {
        try {
            return Files.readString(FOLDER.resolve("classpath")).strip();
        } catch (java.io.IOException missing) {
            throw new BenchFailure("Rondo is not built: ./rondo build", missing);
        }
    }

    /** A main class of this module on the same JVM with the same options. */
    static List<String> own(Class<?> main, String... arguments) {
        var command = java();
        command.addAll(
                List.of(
                        "-Dlogback.configurationFile="
                                + Path.of(property("bench.home"), "bench", "logback.xml"),
                        "-cp",
                        property("bench.jar") + File.pathSeparator + classPath(),
                        main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
