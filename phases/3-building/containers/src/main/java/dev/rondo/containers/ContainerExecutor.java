package dev.rondo.containers;

import dev.rondo.jobs.ContainerStep.Source;
import dev.rondo.jobs.Executor;
import dev.rondo.jobs.JobPlace;
import dev.rondo.jobs.SandboxExecutor;
import dev.rondo.jobs.Shell;

/**
 * Jobs on this machine whose containers run in a Docker Engine: those that want a container of
 * their own run in it, all others in the sandbox beside their services and actions.
 */
public final class ContainerExecutor implements Executor {
    private final SandboxExecutor host;
    private final DockerEngine engine;

    public ContainerExecutor(SandboxExecutor host, DockerEngine engine) {
        this.host = host;
        this.engine = engine;
    }

    @Override
    public Source bring(JobPlace place, Source image) throws InterruptedException {
        engine.version();
        var images = new Images(engine.docker(), place.log()::line, place.cancelled());
        return new Source.Ready(images.bring(image, place.folders()), image.title());
    }

    @Override
    public Shell open(JobPlace place) throws InterruptedException {
        boolean inside = place.wanted().job().isPresent();
        var where =
                inside
                        ? ServicePorts.Where.CONTAINER
                        : host.walled()
                                ? ServicePorts.Where.WALLED_HOST
                                : ServicePorts.Where.OPEN_HOST;
        var containers = new JobContainers(engine, place, where, host.doors());
        var shell = new ContainerShell(engine, containers, place);
        try {
            if (!place.wanted().nothing()) {
                Ownership.open(place);
                containers.start();
            }
            shell.opens(
                    inside
                            ? ExecShell.open(engine, containers, place)
                            : host.open(place, containers.led()));
            return shell;
        } catch (InterruptedException | RuntimeException e) {
            shell.close();
            throw e;
        }
    }
}
