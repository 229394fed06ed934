package dev.rondo.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rondo.kits.jobs.Trial;
import dev.rondo.kits.machine.DockerDaemon;
import dev.rondo.kits.machine.ImageRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of a registry that wants a password. */
final class CredentialsTest {
    private static final String JOB =
            """
            container:
              image: IMAGE
              credentials: {username: olga, password: PASSWORD}
            services:
              db: {image: IMAGE, credentials: {username: olga, password: PASSWORD}}
            steps:
              - run: echo inside
            """;

    @TempDir Path data;
    private DockerRig rig;
    private ImageRegistry registry;

    @BeforeEach
    void open() throws Exception {
        assumeThat(ImageRegistry.lacking()).as("what is missing").isEmpty();
        rig = new DockerRig(data);
        registry = new ImageRegistry(data.resolve("registry"));
    }

    @AfterEach
    void close() {
        if (registry != null) {
            registry.close();
        }
        if (rig != null) {
            assertThat(rig.left()).as("left in the engine").isEmpty();
            rig.close();
        }
    }

    /** There is no copy of it in the engine. */
    private String pushed() throws Exception {
        String image = registry.address() + "/closed/image";
        String mine = Files.createDirectories(data.resolve("mine")).toString();
        rig.daemon.docker("tag", DockerDaemon.SMALL, image);
        rig.daemon.docker(
                "--config",
                mine,
                "login",
                "--username=" + ImageRegistry.ACCOUNT,
                "--password=" + ImageRegistry.PASSWORD,
                registry.address());
        rig.daemon.docker("--config", mine, "push", image);
        rig.daemon.docker("rmi", image);
        return image;
    }

    @Test
    void anImageComesByTheRightPasswordAndByNoOther() throws Exception {
        String image = pushed();
        Trial wrong = rig.trial(JOB.replace("IMAGE", image).replace("PASSWORD", "guessed"));
        assertThat(wrong.run().outcome()).isEqualTo("failure");
        assertThat(wrong.lines())
                .anyMatch(line ->
                        line.contains("Docker login for '" + registry.address() + "' failed"));
        String job = JOB.replace("IMAGE", image).replace("PASSWORD", ImageRegistry.PASSWORD);
        Trial right = rig.trial(job);
        try {
            assertThat(right.run().outcome())
                    .as(String.join("\n", right.lines()))
                    .isEqualTo("success");
            assertThat(right.lines()).contains("inside");
        } finally {
            rig.daemon.docker("rmi", image);
        }
        try (var left = Files.walk(data)) {
            assertThat(
                            left.filter(path ->
                                    path.endsWith("config.json")
                                            && !path.startsWith(data.resolve("mine"))))
                    .as("passwords that were kept")
                    .isEmpty();
        }
    }
}
