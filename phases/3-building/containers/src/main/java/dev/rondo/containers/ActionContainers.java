package dev.rondo.containers;

import dev.rondo.jobs.ContainerStep;
import dev.rondo.jobs.InsideNames;
import dev.rondo.jobs.JobFolders;
import dev.rondo.jobs.JobPlace;
import dev.rondo.jobs.LineCutter;
import dev.rondo.jobs.Shell.End;
import dev.rondo.jobs.Stopping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the actions of one job that are containers, one after the other. */
final class ActionContainers {
    private final DockerEngine engine;
    private final JobContainers containers;
    private final JobPlace place;
    private volatile Running running = new Running("", CompletableFuture.completedFuture(0));

    private record Running(String name, CompletableFuture<Integer> end) {}

    ActionContainers(DockerEngine engine, JobContainers containers, JobPlace place) {
        this.engine = engine;
        this.containers = containers;
        this.place = place;
    }

    End run(ContainerStep step, Duration time) throws InterruptedException {
        String name;
        String image;
        try {
            engine.version();
            image = containers.images().of(step.source(), place.folders());
            name = create(step, image);
        } catch (IllegalStateException e) {
            return new End.Refused(String.valueOf(e.getMessage()));
        }
        try {
            return run(name, time);
        } finally {
            engine.docker().run("rm", "-f", "-v", name);
            Ownership.restore(engine, place, image);
        }
    }

    private String create(ContainerStep step, String image) throws InterruptedException {
        InsideNames names = InsideNames.ofAction(place.folders());
        JobFolders folders = place.folders();
        var words = new ArrayList<>(containers.reaching());
        words.addAll(List.of("--workdir", names.inside(folders.work().toString())));
        for (Path folder :
                List.of(folders.work(), folders.home(), folders.files(), folders.temp())) {
            words.addAll(List.of("-v", folder + ":" + names.inside(folder.toString())));
        }
        words.addAll(List.of("-v", folders.files() + ":/github/workflow"));
        var nothing =
                new VolumeMounts(folders, new Labels.JobName(place.order().id()), names, false);
        words.addAll(CreateOptions.read("", engine.settings(), nothing).words());
        step.entrypoint().ifPresent(e -> words.addAll(List.of("--entrypoint", e)));
        Map<String, String> env = containers.inside(step.env(), names);
        var run = new ArrayList<>(List.of(image));
        run.addAll(step.args());
        return containers.creation().create(new Creation.Wish("action", words, env, run));
    }

    private End run(String name, Duration time) throws InterruptedException {
        Process process = engine.docker().start(List.of("start", "--attach", name));
        var end = new CompletableFuture<Integer>();
        running = new Running(name, end);
        Thread.ofVirtual()
                .name("job-action")
                .start(() -> {
                    var cutter = new LineCutter(place.lines());
                    Docker.pump(process.getInputStream(), cutter::accept);
                    cutter.end();
                    process.onExit().thenAccept(ended -> end.complete(ended.exitValue()));
                });
        try {
            return new End.Exited(end.get(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            stop(running);
            return new End.TimedOut();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Whether one runs; then it ends in GitHub's steps. */
    boolean stopCurrent() {
        Running now = running;
        if (now.end().isDone()) {
            return false;
        }
        Thread.ofVirtual().name("job-stop").start(() -> stop(now));
        return true;
    }

    private void stop(Running now) {
        Stopping.inSteps(
                now.end(),
                signal -> tell("kill", "--signal", signal, now.name()),
                () -> tell("rm", "-f", now.name()));
    }

    private void tell(String... words) {
        try {
            engine.docker().run(words);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
