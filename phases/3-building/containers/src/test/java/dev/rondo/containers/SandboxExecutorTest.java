package dev.rondo.containers;

import dev.rondo.jobs.Executor;
import dev.rondo.jobs.SandboxExecutor;
import dev.rondo.kits.jobs.ExecutorContract;
import dev.rondo.sandbox.Limits;
import dev.rondo.sandbox.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SandboxExecutorTest extends ExecutorContract {
    @TempDir Path data;
    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = Sandbox.open(data, Sandbox.Mode.BUBBLEWRAP);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Override
    protected Path data() {
        return data;
    }

    @Override
    protected Executor executor() {
        return new SandboxExecutor(sandbox, Limits.ofJob());
    }

    @Override
    protected String place() {
        return "";
    }
}
