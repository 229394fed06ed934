package dev.rondo.containers;

import dev.rondo.jobs.Executor;
import dev.rondo.jobs.SandboxExecutor;
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
    Path data() {
        return data;
    }

    @Override
    Executor executor() {
        return new SandboxExecutor(sandbox, Limits.ofJob());
    }

    @Override
    String place() {
        return "";
    }
}
