package dev.rondo.jobs;

import dev.rondo.sandbox.Limits;
import dev.rondo.sandbox.Network;
import dev.rondo.sandbox.Program;
import dev.rondo.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Jobs on this machine, each in a sandbox of its own. */
public final class SandboxExecutor implements Executor {
    private final Sandbox sandbox;
    private final Limits limits;

    /**
     * @param limits what each job may use
     */
    public SandboxExecutor(Sandbox sandbox, Limits limits) {
        this.sandbox = sandbox;
        this.limits = limits;
    }

    @Override
    public Shell open(JobFolders folders, JobOrder order, Duration time, Consumer<String> lines) {
        for (String key : List.of("container", "services")) {
            if (order.job().key(key).isPresent()) {
                throw new IllegalStateException(
                        "The job asks for '%s', and this machine has no engine for containers"
                                .formatted(key));
            }
        }
        var program =
                new Program(
                        List.of(
                                "bash",
                                "--noprofile",
                                "--norc",
                                folders.steps().resolve("driver.sh").toString(),
                                folders.control().toString()),
                        folders.work(),
                        Map.of("HOME", folders.home().toString()),
                        folders.mounts(),
                        Network.OUTBOUND,
                        limits.withOutput(0).withWallTime(time));
        return new SandboxShell(sandbox, folders, program, lines);
    }
}
