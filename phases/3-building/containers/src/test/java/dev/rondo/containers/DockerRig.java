package dev.rondo.containers;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rondo.jobs.SandboxExecutor;
import dev.rondo.kits.jobs.Trial;
import dev.rondo.kits.machine.DockerDaemon;
import dev.rondo.sandbox.Limits;
import dev.rondo.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Jobs with a real engine in a folder of their own. */
final class DockerRig implements AutoCloseable {
    final Path data;
    final DockerDaemon daemon;
    final DockerEngine engine;
    final ContainerExecutor executor;
    final Sandbox sandbox;

    DockerRig(Path data) {
        this(data, false, "rig-" + data.getFileName());
    }

    DockerRig(Path data, boolean trusted, String server) {
        assumeThat(DockerDaemon.lacking()).as("what is missing").isEmpty();
        this.data = data;
        this.daemon = DockerDaemon.running();
        this.sandbox = Sandbox.open(data, Sandbox.Mode.BUBBLEWRAP);
        this.engine =
                new DockerEngine(
                        new ContainerSettings(
                                Optional.of(daemon.address()),
                                server,
                                trusted,
                                Limits.ofJob().withMemory(256L << 20).withProcesses(200)));
        this.executor = new ContainerExecutor(new SandboxExecutor(sandbox, Limits.ofJob()), engine);
    }

    Trial trial(String job) {
        return new Trial(data, executor, job);
    }

    /** Everything that bears this server's mark. */
    List<String> left() {
        String mark = "label=" + Labels.SERVER + "=" + engine.labels().server();
        return List.of(
                        daemon.docker("ps", "-aq", "--filter", mark),
                        daemon.docker("network", "ls", "-q", "--filter", mark),
                        daemon.docker("volume", "ls", "-q", "--filter", mark))
                .stream()
                .flatMap(String::lines)
                .toList();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
