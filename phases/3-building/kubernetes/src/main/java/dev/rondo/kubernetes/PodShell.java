package dev.rondo.kubernetes;

import dev.rondo.actions.Value;
import dev.rondo.jobs.ContainerStep;
import dev.rondo.jobs.DrivenShell;
import dev.rondo.jobs.Ending;
import dev.rondo.jobs.JobPlace;
import dev.rondo.jobs.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The shell of a job in its pod: around each script its files are sent and its answers brought. */
final class PodShell implements Shell {
    private final JobPlace place;
    private final JobPod pod;
    private final Consumer<PodShell> ended;
    private Optional<Running> running = Optional.empty();
    private final Ending ending = new Ending("job-pod-end", this::end);

    private record Running(PodFiles files, Shell driven) {}

    /**
     * @param ended is told when nothing of the job is left
     */
    PodShell(JobPlace place, JobPod pod, Consumer<PodShell> ended) {
        this.place = place;
        this.pod = pod;
        this.ended = ended;
    }

    /** Begins to run scripts; the pod runs already. */
    void open() throws InterruptedException {
        var files = new PodFiles(place.folders(), pod.remote());
        place.folders().mirror().of(path -> bring(files, path));
        DrivenShell.copyDriver(place.folders());
        files.send();
        var driver = new Driver(pod, place.folders());
        running =
                Optional.of(
                        new Running(
                                files,
                                new DrivenShell(
                                        place.folders(), driver::start, place.lines(), driver)));
    }

    private static void bring(PodFiles files, Path path) {
        try {
            files.bring(path);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Rondo stops", e);
        }
    }

    private Shell driven() {
        return running.orElseThrow().driven();
    }

    @Override
    public String path() throws InterruptedException {
        return driven().path();
    }

    @Override
    public End run(Path script, Duration time) throws InterruptedException {
        return run(driven(), script, time);
    }

    /** In the first lane or in one beside it. */
    private End run(Shell lane, Path script, Duration time) throws InterruptedException {
        PodFiles files = running.orElseThrow().files();
        try {
            files.send();
            End end = lane.run(script, time);
            if (!(end instanceof End.Broken)) {
                files.forget(script);
                files.bring(place.folders().files());
            }
            return end;
        } catch (IllegalStateException e) {
            return new End.Broken(pod.watch().why(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public Optional<Shell> beside(Consumer<String> lines) throws InterruptedException {
        return driven().beside(lines).map(lane -> new Beside(this, lane));
    }

    /** A lane beside, which sees what this shell sees. */
    private record Beside(PodShell whole, Shell lane) implements Shell {
        @Override
        public String path() throws InterruptedException {
            return whole.path();
        }

        @Override
        public End run(Path script, Duration time) throws InterruptedException {
            return whole.run(lane, script, time);
        }

        @Override
        public End run(ContainerStep step, Duration time) {
            return whole.run(step, time);
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
    public End run(ContainerStep step, Duration time) {
        return new End.Refused(
                ("The action %s is a container, and a job in Kubernetes runs none beside those of its"
                                + " pod: name its image as `container` or in `services`, or let the"
                                + " job run where Docker is")
                        .formatted(step.source().title()));
    }

    /** An image that the administrator chose has bash, one that the workflow names need not. */
    @Override
    public String standard() {
        return place.wanted().job().isPresent() ? "sh" : "bash -e {0}";
    }

    @Override
    public String inside(String text) {
        return pod.names().inside(text);
    }

    @Override
    public Map<String, String> inside(Map<String, String> variables) {
        var all = new LinkedHashMap<String, String>();
        variables.forEach((name, value) -> all.put(name, inside(value)));
        return pod.reach().map(reach -> reach.variables(all)).orElse(all);
    }

    @Override
    public Map<String, Value> job() {
        return pod.facts();
    }

    @Override
    public void stopCurrent() {
        running.ifPresent(one -> one.driven().stopCurrent());
    }

    @Override
    public void close() {
        ending.run();
    }

    private void end() {
        try {
            place.folders().mirror().of(path -> {});
            pod.logs();
            running.ifPresent(one -> one.driven().close());
            pod.close();
        } finally {
            ended.accept(this);
        }
    }
}
