package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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

    private String version() throws IOException, InterruptedException {
        var process =
                new ProcessBuilder("bash", home.resolve("rondo").toString(), "--version")
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
