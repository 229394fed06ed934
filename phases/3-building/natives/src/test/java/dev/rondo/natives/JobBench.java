package dev.rondo.natives;

import dev.rondo.actions.Value;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.git.GitRepository;
import dev.rondo.git.GitSettings;
import dev.rondo.git.Repositories;
import dev.rondo.jobs.ActionReference;
import dev.rondo.jobs.ActionSources;
import dev.rondo.jobs.Annotation;
import dev.rondo.jobs.Contexts;
import dev.rondo.jobs.JobEnd;
import dev.rondo.jobs.JobFolders;
import dev.rondo.jobs.JobLog;
import dev.rondo.jobs.JobOrder;
import dev.rondo.jobs.JobRunner;
import dev.rondo.jobs.JobStory;
import dev.rondo.jobs.NativeAction;
import dev.rondo.jobs.SandboxExecutor;
import dev.rondo.jobs.StepMark;
import dev.rondo.jobs.Workbench;
import dev.rondo.sandbox.Limits;
import dev.rondo.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs jobs in the real sandbox, with repositories of their own and no server around them. */
final class JobBench implements AutoCloseable {
    final Path data = temporary();
    final Repositories repositories =
            new Repositories(
                    data.resolve("repositories"), GitSettings.in(data.resolve("git-home")));
    private final Sandbox sandbox = Sandbox.open(data, Sandbox.Mode.BUBBLEWRAP);
    private final Map<String, Path> works = new LinkedHashMap<>();
    Optional<Path> tools = Optional.empty();
    final FolderCaches caches = new FolderCaches(data.resolve("kept"));
    String token = "";
    private int count;

    /** How a job ended, and what it said. */
    record Played(JobEnd end, List<String> log) {
        String text() {
            return String.join("\n", log);
        }
    }

    static Path temporary() {
        try {
            return Files.createTempDirectory("rondo-natives-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    GitRepository repository(String name) {
        return repositories.find(name).orElseGet(() -> repositories.create(name, "main"));
    }

    Path work(String project) {
        return works.computeIfAbsent(
                project,
                name -> {
                    Path work = temporary();
                    git(work, "init", "-q", "-b", "main");
                    git(work, "remote", "add", "origin", repository(name).folder().toString());
                    return work;
                });
    }

    /** Commits files to a branch and pushes it; gives the commit. */
    String push(String project, String branch, Map<String, String> files) {
        Path work = work(project);
        git(work, "checkout", "-q", "-B", branch);
        files.forEach((name, text) -> {
            try {
                Files.createDirectories(work.resolve(name).getParent());
                Files.writeString(work.resolve(name), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        git(work, "add", "-A");
        git(work, "commit", "-q", "--allow-empty", "-m", "Change");
        git(work, "push", "-q", "-f", "origin", "HEAD:refs/heads/" + branch);
        return git(work, "rev-parse", "HEAD");
    }

    static String git(Path folder, String... command) {
        var line = new ArrayList<>(List.of("git", "-c", "user.name=O", "-c", "user.email=o@x.org"));
        line.addAll(List.of("-c", "protocol.file.allow=always"));
        line.addAll(List.of(command));
        try {
            var process =
                    new ProcessBuilder(line)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            String said = new String(process.getInputStream().readAllBytes()).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(line + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs steps as if they stood in a workflow of {@code shop}, which was pushed at main. */
    Played steps(String steps) {
        var reading =
                WorkflowReading.read(
                        "ci.yml",
                        "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n" + steps.indent(6));
        if (!(reading instanceof WorkflowReading.Valid valid)) {
            throw new IllegalArgumentException(reading.toString());
        }
        var github = new LinkedHashMap<String, Value>();
        github.put("repository", Value.of("rondo/shop"));
        github.put("repository_owner", Value.of("rondo"));
        github.put("server_url", Value.of("http://127.0.0.1:1"));
        github.put("ref", Value.of("refs/heads/main"));
        github.put("sha", Value.of(repository("shop").resolve("main").orElse("")));
        github.put("event", Value.of(Map.of()));
        var nothing = Value.of(Map.of());
        var order =
                new JobOrder(
                        "job-" + ++count,
                        "shop",
                        valid.workflow(),
                        valid.workflow().jobs().getFirst(),
                        new Contexts(github, nothing, nothing, Value.NOTHING, nothing, nothing),
                        token.isEmpty() ? Map.of() : Map.of("GITHUB_TOKEN", token),
                        List.of());
        var log = new ArrayList<String>();
        var bench =
                new Workbench(
                        data,
                        new SandboxExecutor(sandbox, Limits.ofJob()),
                        new OnlyNatives(),
                        tools);
        JobEnd end = new JobRunner(bench, order, new Lines(log)).run();
        return new Played(end, log);
    }

    private final class OnlyNatives implements ActionSources {
        @Override
        public Optional<NativeAction> known(ActionReference reference) {
            return new Natives(
                            name ->
                                    name.startsWith("rondo/")
                                            ? repositories.find(name.substring(6))
                                            : Optional.empty(),
                            caches)
                    .find(reference);
        }

        @Override
        public String fetch(ActionReference reference, Path folder) throws Refused {
            throw new Refused("no " + reference);
        }
    }

    private record Lines(List<String> log) implements JobStory {
        @Override
        public void line(int step, String text) {
            log.add(text);
        }

        @Override
        public void began(StepMark step) {}

        @Override
        public void ended(StepMark step) {}

        @Override
        public void remarked(List<Annotation> annotations) {}

        @Override
        public void leaving(Path workspace, JobLog lines) {}
    }

    @Override
    public void close() {
        sandbox.close();
        repositories.close();
        try {
            JobFolders.delete(data);
            for (Path work : works.values()) {
                JobFolders.delete(work);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
