package dev.rondo.local;

import dev.rondo.access.Accounts;
import dev.rondo.access.Caller;
import dev.rondo.access.Projects;
import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.engine.ActionSettings;
import dev.rondo.engine.Conductor;
import dev.rondo.engine.LogKeep;
import dev.rondo.engine.Means;
import dev.rondo.engine.Orders;
import dev.rondo.engine.Tap;
import dev.rondo.engine.Workshop;
import dev.rondo.events.Happening;
import dev.rondo.events.Scene;
import dev.rondo.git.GitRepository;
import dev.rondo.joblogs.JobLogs;
import dev.rondo.jobs.StepMark;
import dev.rondo.phase.Spine;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.results.Results;
import dev.rondo.results.Retention;
import dev.rondo.store.Tx;
import dev.rondo.triggers.Planner;
import dev.rondo.triggers.Scenes;
import dev.rondo.web.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs one workflow of a folder on this machine, with the same engine and sandbox as a server.
 * Wants a spine of its own with an empty database, and leaves cleaning that up to whoever made it.
 * Order of calls: {@link #readCaches} (if they shall outlast it), {@link #run}, {@link
 * #writeCaches}, {@link #copyArtifacts}.
 */
public final class LocalRun {
    static final String ACCOUNT = "you";
    private static final long LOOK_MILLIS = 50;
    private static final String CACHES = "caches.json";

    /** What a developer's machine spares for the caches of one repository. */
    private static final Retention RETENTION =
            new Retention(
                    Retention.Most.of(1, Retention.ANY_SIZE),
                    Retention.Most.of(30, 5L << 30),
                    Retention.Most.of(1, Retention.ANY_SIZE));

    private final Spine spine;
    private final Watcher watcher;
    private final Workshop shop;
    private final Planner planner;
    private final Orders orders;
    private final Semaphore said = new Semaphore(0);
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private volatile Optional<Run> run = Optional.empty();

    /** What the user has to change. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Refused(String sentence) {
            super(sentence);
        }
    }

    /**
     * What is to be run.
     *
     * @param file of the workflow
     * @param event empty for what the workflow listens to
     * @param payload {@code github.event} as JSON
     * @param job with what it needs, and no other; empty for all
     */
    public record Wanted(
            Path file,
            String event,
            Optional<String> payload,
            String job,
            Map<String, String> inputs,
            Map<String, String> secrets) {}

    /** Hears what happens, of several jobs at once; jobs by the name that people see. */
    public interface Watcher {
        /** What the user should know, though it runs. */
        void note(String sentence);

        /** The names of the jobs as they stand in the file, before anything runs. */
        void begins(String workflow, List<String> jobs);

        void line(String job, String text);

        void stepBegan(String job, String title);

        /** Also of a step that was skipped, which never began. */
        void stepEnded(String job, String title, String conclusion);
    }

    /** How a step ended; {@code seconds} is 0 where it was skipped. */
    public record StepEnd(String name, String conclusion, double seconds) {}

    /**
     * How a job ended.
     *
     * @param id in the workflow
     */
    public record JobConclusion(
            String id,
            String name,
            String conclusion,
            String message,
            double seconds,
            List<StepEnd> steps) {}

    /** How all ended. */
    public record Conclusion(
            String conclusion, String message, double seconds, List<JobConclusion> jobs) {}

    public LocalRun(Spine spine, ActionSettings actions, Watcher watcher) {
        this.spine = spine;
        this.watcher = watcher;
        int places = Math.max(2, Runtime.getRuntime().availableProcessors());
        var results =
                new Results(
                        spine, RETENTION, new LogKeep(spine.store(), new JobLogs(spine.data())));
        this.shop =
                Workshop.of(
                        spine,
                        (project, commit) -> List.of(),
                        places,
                        results,
                        actions,
                        new Hearing());
        Means means = Means.of(spine, dev.rondo.containers.ContainerUse.ON, Optional.empty());
        var conductor = new Conductor(shop, List.of(means.host(spine.sandbox())));
        this.planner =
                new Planner(
                        shop,
                        conductor,
                        new Scenes(
                                shop,
                                (sql, project, number) -> Optional.empty(),
                                (sql, seq) -> false));
        this.orders = new Orders(shop, conductor);
    }

    /** Tells with names instead of ids. */
    private final class Hearing implements Tap {
        @Override
        public void line(String job, String text) {
            watcher.line(name(job), text);
        }

        @Override
        public void began(String job, StepMark step) {
            watcher.stepBegan(name(job), step.title());
        }

        @Override
        public void ended(String job, StepMark step) {
            watcher.stepEnded(name(job), step.title(), step.conclusion());
            said.release();
        }
    }

    private String name(String job) {
        return names.computeIfAbsent(
                job,
                id ->
                        run.flatMap(one ->
                                        spine.store().read(sql -> RunRows.job(sql, one.id(), id)))
                                .map(RunJob::name)
                                .orElse(id));
    }

    /** What jobs ask of a server while they run. */
    public void routes(Routes routes) {
        shop.results().routes(routes);
    }

    /** The top folder of the repository that a folder belongs to. */
    public static Path top(Path folder) {
        return LocalRepository.at(folder).top();
    }

    /** Takes up the caches of former runs, whose files lie among the spine's blobs. */
    public void readCaches(Path folder) {
        try {
            shop.results().readCaches(folder.resolve(CACHES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the caches for later runs. */
    public void writeCaches(Path folder) {
        try {
            shop.results().writeCaches(folder.resolve(CACHES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end. */
    public Conclusion run(Path folder, Wanted wanted) throws InterruptedException {
        LocalRepository local = LocalRepository.at(folder);
        Path file = folder.resolve(wanted.file()).normalize();
        if (!Files.isRegularFile(file)) {
            throw new Refused("there is no file " + wanted.file());
        }
        Path real = real(file);
        if (!real.startsWith(local.top())) {
            throw new Refused(wanted.file() + " does not belong to the repository " + local.top());
        }
        String path = local.top().relativize(real).toString();
        String project = name(local.top());
        GitRepository repository = spine.repositories().create(project, local.branch());
        String commit = local.commit(repository, spine.data());
        Workflow workflow = workflow(repository, commit, path);
        Set<String> jobs = jobs(workflow, wanted.job());
        make(project, local.branch(), wanted.secrets());
        Scene scene = planner.scenes().of(project).orElseThrow();
        var source = new Happening.Source("refs/heads/" + local.branch(), commit, true, ACCOUNT);
        Happening happening =
                new LocalEvent(spine, planner.scenes()).of(scene, workflow, source, wanted);
        if (!workflow.on().on(happening.name())) {
            watcher.note(
                    "%s does not listen to '%s': it would not start it"
                            .formatted(path, happening.name()));
        }
        watcher.begins(workflow.name(), List.copyOf(jobs));
        Run made =
                planner.queue(
                                project,
                                List.of(Planner.Wanted.of(happening, workflow)),
                                List.of(),
                                tx -> leave(tx, jobs))
                        .getFirst();
        run = Optional.of(made);
        return await(made, jobs);
    }

    private Conclusion await(Run made, Set<String> jobs) throws InterruptedException {
        while (true) {
            Optional<Run> now = spine.store().read(sql -> RunRows.run(sql, made.id()));
            if (now.filter(Run::finished).isPresent()) {
                return new LocalConclusion(spine.store()).of(now.get(), jobs);
            }
            said.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            said.drainPermits();
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new Refused("there is no file " + file);
        }
    }

    /** Ends what runs, in GitHub's steps; {@link #run} returns when it has ended. */
    public void cancel() {
        run.ifPresent(one -> orders.cancel(one, ACCOUNT));
    }

    /** Ends what runs at once. */
    public void kill() {
        run.ifPresent(one -> orders.force(one, ACCOUNT));
    }

    /** Puts the artifacts of the run into a folder, under their names. */
    public List<String> copyArtifacts(Path folder) {
        try {
            return shop.results().copyArtifacts(run.map(Run::id).orElse(""), folder);
        } catch (IOException e) {
            throw new Refused("the artifacts cannot be written to " + folder + ": " + e);
        }
    }

    /** A project's name from a folder's. */
    private static String name(Path top) {
        String name =
                String.valueOf(top.getFileName())
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9-]", "-")
                        .replaceAll("^-+|-+$", "");
        return name.isEmpty() || List.of("new", "api", "git", "rondo").contains(name)
                ? "project"
                : name.substring(0, Math.min(name.length(), 60));
    }

    private static Workflow workflow(GitRepository repository, String commit, String path) {
        String text =
                repository
                        .file(commit, path, Workshop.WORKFLOW_BYTES + 1)
                        .orElseThrow(() ->
                                new Refused(
                                        path + " is ignored by git, so that no run could have it"))
                        .text();
        return switch (WorkflowReading.read(path, text)) {
            case WorkflowReading.Valid valid -> valid.workflow();
            case WorkflowReading.Invalid invalid -> throw new Refused(invalid.text());
        };
    }

    /** A job with all that it needs. */
    private static Set<String> jobs(Workflow workflow, String job) {
        var wanted = new LinkedHashSet<String>();
        if (job.isEmpty()) {
            workflow.jobs().forEach(one -> wanted.add(one.id()));
            return wanted;
        }
        List<String> names = workflow.jobs().stream().map(Workflow.Job::id).toList();
        if (!names.contains(job)) {
            throw new Refused(
                    "there is no job '%s'; there are %s".formatted(job, String.join(", ", names)));
        }
        wanted.add(job);
        for (int before = 0; before < wanted.size(); ) {
            before = wanted.size();
            workflow.jobs().stream()
                    .filter(one -> wanted.contains(one.id()))
                    .toList()
                    .forEach(one -> wanted.addAll(one.needs()));
        }
        return wanted;
    }

    private static void leave(Tx tx, Set<String> jobs) {
        List<RunJob> all =
                tx
                        .sql()
                        .createQuery("SELECT id FROM building_runs WHERE state <> 'finished'")
                        .mapTo(String.class)
                        .list()
                        .stream()
                        .flatMap(id -> RunRows.jobs(tx.sql(), id).stream())
                        .toList();
        for (RunJob job : all) {
            if (!jobs.contains(job.job())) {
                tx.sql()
                        .execute(
                                "UPDATE building_jobs SET state = 'finished', outcome = 'skipped'"
                                        + " WHERE run = ? AND id = ?",
                                job.run(),
                                job.id());
            }
        }
    }

    private void make(String project, String branch, Map<String, String> secrets) {
        spine.access()
                .accounts()
                .create(
                        "",
                        new Accounts.NewAccount(
                                ACCOUNT,
                                "You",
                                "you@localhost.localdomain",
                                UUID.randomUUID().toString(),
                                true));
        var caller = new Caller(ACCOUNT, "You", true, "en", "auto", Caller.Means.SESSION, "local");
        spine.store()
                .update(tx ->
                        spine.access()
                                .projects()
                                .create(
                                        tx,
                                        caller,
                                        new Projects.NewProject(project, project, "", branch)));
        secrets.forEach((name, value) -> {
            if (!shop.settings().secrets().put(project, name, value, ACCOUNT).isEmpty()) {
                throw new Refused("a secret cannot be called '" + name + "'");
            }
        });
    }
}
