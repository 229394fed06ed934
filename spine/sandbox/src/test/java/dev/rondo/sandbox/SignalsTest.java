package dev.rondo.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignalsTest {

    @TempDir Path data;

    /** As nohup and a script's background do. */
    @ParameterizedTest
    @EnumSource
    void aJobHearsSignalsThatItsServerIgnores(Sandbox.Mode mode) throws Exception {
        Files.createDirectory(data.resolve("work"));
        var server =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "trap '' HUP INT; exec \"$@\"",
                                "deaf",
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                DeafServer.class.getName(),
                                data.toString(),
                                mode.name())
                        .redirectErrorStream(true)
                        .start();
        assertThat(server.inputReader().lines()).contains("heard HUP", "heard INT");
        assertThat(server.waitFor()).isZero();
    }
}
