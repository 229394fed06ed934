package dev.rondo.containers;

import dev.rondo.actions.Value;
import dev.rondo.jobs.ContainerStep;
import dev.rondo.jobs.Ending;
import dev.rondo.jobs.JobPlace;
import dev.rondo.jobs.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shell of a job with what it has in the engine. */
final class ContainerShell implements Shell {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerShell.class);

    private final JobPlace place;
    private final DockerEngine engine;
    private final JobContainers containers;
    private final ActionContainers actions;
    private final boolean inside;
    private Optional<Shell> driven = Optional.empty();
    private final Ending ending = new Ending("job-containers-end", this::end);

    ContainerShell(DockerEngine engine, JobContainers containers, JobPlace place) {
        this.place = place;
        this.engine = engine;
        this.containers = containers;
        this.actions = new ActionContainers(engine, containers, place);
        this.inside = place.wanted().job().isPresent();
    }

    void opens(Shell shell) {
        driven = Optional.of(shell);
    }

    private Shell shell() {
        return driven.orElseThrow();
    }

    @Override
    public String path() throws InterruptedException {
        return shell().path();
    }

    @Override
    public End run(Path script, Duration time) throws InterruptedException {
        return shell().run(script, time);
    }

    @Override
    public Optional<Shell> beside(Consumer<String> lines) throws InterruptedException {
        return shell().beside(lines).map(lane -> new Beside(this, lane));
    }

    /** A lane beside, which sees what this shell sees. */
    private record Beside(ContainerShell whole, Shell lane) implements Shell {
        @Override
        public String path() throws InterruptedException {
            return lane.path();
        }

        @Override
        public End run(Path script, Duration time) throws InterruptedException {
            return lane.run(script, time);
        }

        @Override
        public End run(ContainerStep step, Duration time) throws InterruptedException {
            return lane.run(step, time);
        }

        @Override
        public String standard() {
            return whole.standard();
        }

        @Override
        public String inside(String text) {
            return whole.inside(text);
        }

        @Override
        public Map<String, String> inside(Map<String, String> variables) {
            return whole.inside(variables);
        }

        @Override
        public Map<String, Value> job() {
            return whole.job();
        }

        @Override
        public void stopCurrent() {
            lane.stopCurrent();
        }

        @Override
        public void close() {
            lane.close();
        }
    }

    @Override
    public End run(ContainerStep step, Duration time) throws InterruptedException {
        return actions.run(step, time);
    }

    @Override
    public String standard() {
        return inside ? "sh" : "";
    }

    @Override
    public String inside(String text) {
        return inside ? containers.names().inside(text) : text;
    }

    @Override
    public Map<String, String> inside(Map<String, String> variables) {
        return inside ? containers.inside(variables, containers.names()) : variables;
    }

    @Override
    public Map<String, Value> job() {
        return containers.facts();
    }

    @Override
    public void stopCurrent() {
        actions.stopCurrent();
        driven.ifPresent(Shell::stopCurrent);
    }

    @Override
    public void close() {
        ending.run();
    }

    private void end() {
        try {
            Optional<String> image = containers.own().map(JobContainers.Made::image);
            driven.ifPresent(Shell::close);
            if (image.isPresent()) {
                Ownership.restore(engine, place, image.get());
            }
            containers.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("containers of job {} are left", place.order().id(), e);
        }
    }
}
