package dev.rondo.containers;

import dev.rondo.jobs.DrivenShell;
import dev.rondo.jobs.JobFolders;
import dev.rondo.jobs.JobPlace;
import dev.rondo.sandbox.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The driver in the container of a job, by {@code docker exec}. */
final class ExecShell {
    /** What there is: bash makes process groups, sh is everywhere. */
    private static final String START =
            "exec 2>&1; if command -v bash >/dev/null; then exec bash --noprofile --norc \"$@\"; fi;"
                    + " exec sh \"$@\"";

    private ExecShell() {}

    static DrivenShell open(DockerEngine engine, JobContainers containers, JobPlace place)
            throws InterruptedException {
        makePipes(place.folders());
        JobContainers.Made own = containers.own().orElseThrow();
        var words = new ArrayList<>(List.of("exec", own.name(), "sh", "-c", START, "sh"));
        words.addAll(DrivenShell.command(place.folders()));
        return new DrivenShell(place, sink -> vessel(engine, own, words, place, sink));
    }

    /** Here and not inside, so that they can be opened whoever writes there. */
    private static void makePipes(JobFolders folders) throws InterruptedException {
        try {
            var command = new ArrayList<>(List.of("mkfifo"));
            List<Path> pipes = DrivenShell.pipes(folders);
            pipes.forEach(pipe -> command.add(pipe.toString()));
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("mkfifo cannot make " + pipes);
            }
            for (Path pipe : pipes) {
                Files.setPosixFilePermissions(pipe, PosixFilePermissions.fromString("rw-rw-rw-"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DrivenShell.Vessel vessel(
            DockerEngine engine,
            JobContainers.Made own,
            List<String> words,
            JobPlace place,
            Output.Sink sink) {
        Process process = engine.docker().start(words);
        Thread pump =
                Thread.ofPlatform()
                        .daemon()
                        .name("job-output")
                        .start(() -> Docker.pump(process.getInputStream(), sink));
        return new DrivenShell.Vessel() {
            @Override
            public String ended() throws InterruptedException {
                boolean timely = process.waitFor(place.time().toMillis(), TimeUnit.MILLISECONDS);
                if (!timely) {
                    kill();
                    process.destroyForcibly();
                }
                pump.join();
                return timely ? why(engine, own, process.exitValue()) : "The job ran too long";
            }

            @Override
            public void kill() {
                try {
                    engine.docker().run("kill", own.name());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                process.destroy();
            }
        };
    }

    private static String why(DockerEngine engine, JobContainers.Made own, int code)
            throws InterruptedException {
        String memory =
                engine.docker()
                        .run("inspect", "--format", "{{.State.OOMKilled}}", own.name())
                        .last();
        if (memory.equals("true")) {
            return "The job used more than %d MiB of memory"
                    .formatted(engine.settings().limits().memoryBytes() >> 20);
        }
        return "The job's shell in the container ended by itself with code " + code;
    }
}
