package dev.rondo.kubernetes;

import dev.rondo.jobs.Executor;
import dev.rondo.kits.jobs.ExecutorContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every executor does alike, in the image of the settings. */
final class KubernetesExecutorTest extends ExecutorContract {
    @TempDir Path data;
    private ClusterRig rig;

    @BeforeEach
    void open() {
        rig = new ClusterRig(data);
    }

    @AfterEach
    void close() {
        if (rig != null) {
            rig.nothingIsLeft();
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

    @Override
    protected String place() {
        return "";
    }
}
