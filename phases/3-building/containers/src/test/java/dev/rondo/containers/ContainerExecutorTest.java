package dev.rondo.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.jobs.Executor;
import dev.rondo.kits.jobs.ExecutorContract;
import dev.rondo.kits.machine.DockerDaemon;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in a container whose image has bash. */
class ContainerExecutorTest extends ExecutorContract {
    @TempDir Path data;
    private DockerRig rig;

    @BeforeEach
    void open() {
        rig = new DockerRig(data);
    }

    @AfterEach
    void close() {
        if (rig != null) {
            assertThat(rig.left()).as("left in the engine").isEmpty();
            rig.close();
        }
    }

    @Override
    protected Path data() {
        return data;
    }

    @Override
    protected Executor executor() {
        return rig.executor;
    }

    String image() {
        return DockerDaemon.IMAGE;
    }

    @Override
    protected final String place() {
        return "container: " + image() + "\n";
    }
}
