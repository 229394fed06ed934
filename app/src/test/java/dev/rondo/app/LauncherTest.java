package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script that starts the program, beside a program that is built already. */
class LauncherTest {

    private static final String UNFIT = "does not fit this JVM; Rondo starts without it";

    @TempDir Path home;
    private Path program;

    @BeforeEach
    void build() throws IOException {
        Files.copy(TidyTest.root().resolve("rondo"), home.resolve("rondo"));
        program = Files.createDirectories(home.resolve("app/target/rondo"));
        Files.writeString(
                program.resolve("classpath"),
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)));
        Files.writeString(program.resolve("built"), "");
    }

    @Test
    void aCacheThatDoesNotFitIsSaidOnceAndTheProgramStartsWithoutIt() throws Exception {
        Files.writeString(program.resolve("rondo.aot"), "no cache at all");
        assertThat(version()).contains(UNFIT).contains(program + "/rondo.aot").contains("Rondo 0");
        assertThat(version()).doesNotContain(UNFIT).contains("Rondo 0");
        // Another one is tried anew.
        Files.writeString(program.resolve("rondo.aot"), "no cache either");
        assertThat(version()).contains(UNFIT).contains("Rondo 0");
    }

    @Test
    void aCacheThatFitsIsReallyUsed() throws Exception {
        pack();
        train();
        var log = home.resolve("loaded");
        assertThat(version("RONDO_JAVA_OPTS", "-Xlog:class+load:file=" + log))
                .doesNotContain(UNFIT)
                .contains("Rondo 0");
        assertThat(program.resolve("rondo.aot.tried")).content().startsWith("fits ");
        assertThat(source(log)).isEqualTo("shared objects file");
        Files.delete(log);
        version("RONDO_JAVA_OPTS", "-Xlog:class+load:file=" + log, "RONDO_AOT", "off");
        assertThat(source(log)).startsWith("file:").endsWith(".jar");
    }

    /** Where this JVM had the program's main class from. */
    private static String source(Path log) throws IOException {
        var main = " " + Main.class.getName() + " source: ";
        try (var lines = Files.lines(log)) {
            var line = lines.filter(one -> one.contains(main)).findFirst().orElseThrow();
            return line.substring(line.indexOf(main) + main.length()).strip();
        }
    }

    /** A cache holds no classes of folders: each becomes a jar, as in the program that is built. */
    private void pack() throws IOException {
        var jars = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            var path = Path.of(entry).toAbsolutePath();
            if (Files.isDirectory(path)) {
                var jar = program.resolve("folder-" + jars.size() + ".jar");
                var made =
                        ToolProvider.findFirst("jar")
                                .orElseThrow()
                                .run(
                                        System.out,
                                        System.err,
                                        "--create",
                                        "--no-compress",
                                        "--file=" + jar,
                                        "-C",
                                        path.toString(),
                                        ".");
                assertThat(made).isZero();
                jars.add(jar.toString());
            } else if (Files.exists(path)) {
                jars.add(path.toString());
            }
        }
        Files.writeString(program.resolve("classpath"), String.join(File.pathSeparator, jars));
    }

    /** As the launcher does it, with its own options of the JVM, but a shorter run. */
    private void train() throws IOException, InterruptedException {
        var script =
                """
                eval "$(sed -n '/^jvm=(/,/)$/p' ../../../rondo)"
                "$JAVA_HOME/bin/java" "${jvm[@]}" -XX:AOTCacheOutput="$PWD/rondo.aot" \
                  -cp "$(cat classpath)" dev.rondo.app.Main --version
                """;
        var builder = new ProcessBuilder("bash", "-euc", script).directory(program.toFile());
        finish(builder);
        assertThat(program.resolve("rondo.aot")).isNotEmptyFile();
    }

    private String version(String... environment) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", home.resolve("rondo").toString(), "--version");
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        return finish(builder);
    }

    private static String finish(ProcessBuilder builder) throws IOException, InterruptedException {
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
