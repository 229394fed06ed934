package dev.rondo.building;

import dev.rondo.access.Project;
import dev.rondo.access.Projects;
import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Template;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.git.GitFailure;
import dev.rondo.git.GitRepository;
import dev.rondo.git.RefUpdate;
import dev.rondo.git.TreeEntry;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.store.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns pushes into runs. The reaction writes down that a push is to be looked at; this thread,
 * woken after that commit, reads the workflows at the pushed commit and queues what they ask for.
 */
final class Planner {
    static final String FOLDER = ".github/workflows";
    private static final Logger LOG = LoggerFactory.getLogger(Planner.class);
    private static final int TRIES = 3;

    private final Workshop shop;
    private final Conductor conductor;
    private final PushPayload payload;
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("building-planner").unstarted(this::work);

    Planner(Workshop shop, Conductor conductor) {
        this.shop = shop;
        this.conductor = conductor;
        this.payload = new PushPayload(shop.spine().publicUrl());
    }

    void start() {
        thread.start();
        bell.release();
    }

    void stop() {
        thread.interrupt();
    }

    /** The reaction: writes and wakes, nothing else. */
    void pushed(Tx tx, Event event, Fact.ChangePushed push) {
        if (push.after().equals(RefUpdate.NONE)) {
            return;
        }
        RunStore.update(
                tx.sql(),
                "INSERT INTO building_pushes (seq) VALUES (?) ON CONFLICT (seq) DO NOTHING",
                event.seq());
        tx.afterCommit(bell::release);
    }

    private void work() {
        while (true) {
            try {
                bell.acquire();
                bell.drainPermits();
            } catch (InterruptedException e) {
                return;
            }
            for (long seq : waiting()) {
                plan(seq);
            }
        }
    }

    private List<Long> waiting() {
        return shop.spine()
                .store()
                .read(sql ->
                        sql.createQuery("SELECT seq FROM building_pushes ORDER BY seq")
                                .mapTo(Long.class)
                                .list());
    }

    private void plan(long seq) {
        for (int attempt = 1; ; attempt++) {
            try {
                plan(shop.spine().store().read(sql -> JournalReads.find(sql, seq)).orElseThrow());
                return;
            } catch (RuntimeException e) {
                LOG.error("push {} could not be planned, try {}", seq, attempt, e);
                if (attempt == TRIES) {
                    shop.spine().store().update(tx -> done(tx, seq));
                    return;
                }
            }
        }
    }

    private static void done(Tx tx, long seq) {
        RunStore.update(tx.sql(), "DELETE FROM building_pushes WHERE seq = ?", seq);
    }

    private void plan(Event event) {
        var push = (Fact.ChangePushed) event.fact();
        Optional<GitRepository> repository = shop.spine().repositories().find(event.project());
        Optional<Project> project =
                shop.spine().store().read(sql -> Projects.find(sql, event.project()));
        var wanted = new ArrayList<Wanted>();
        if (repository.isPresent() && project.isPresent() && !PushPayload.skips(push.commits())) {
            String commit = repository.get().resolve(push.after()).orElse(push.after());
            var source = new Run.Source(push.ref(), commit, push.defaultBranch(), event.actor());
            var data = new Run.EventData("push", payload.push(project.get(), push, event.actor()));
            for (WorkflowReading reading : workflows(repository.get(), commit)) {
                switch (reading) {
                    case WorkflowReading.Valid valid -> {
                        Workflow workflow = valid.workflow();
                        if (workflow.on().push(push.ref(), () -> changed(repository.get(), push))) {
                            wanted.add(
                                    new Wanted(
                                            newRun(
                                                    event.project(),
                                                    workflow,
                                                    source,
                                                    data,
                                                    title(push)),
                                            Optional.of(workflow),
                                            ""));
                        }
                    }
                    case WorkflowReading.Invalid invalid ->
                            wanted.add(
                                    new Wanted(
                                            new RunStore.NewRun(
                                                    event.project(),
                                                    invalid.file(),
                                                    invalid.name(),
                                                    title(push),
                                                    "push",
                                                    source,
                                                    data,
                                                    1,
                                                    ""),
                                            Optional.empty(),
                                            invalid.text()));
                }
            }
        }
        queue(event, wanted);
    }

    /** A run to be made; without a workflow the mistakes say why it ends at once. */
    private record Wanted(RunStore.NewRun run, Optional<Workflow> workflow, String mistakes) {}

    private void queue(Event event, List<Wanted> wanted) {
        var made = new ArrayList<Run>();
        shop.spine()
                .store()
                .update(tx -> {
                    for (Wanted one : wanted) {
                        Run run = shop.runs().queue(tx, one.run(), List.of(event.seq()));
                        one.workflow()
                                .ifPresentOrElse(
                                        workflow -> putJobs(tx, run, workflow),
                                        () ->
                                                shop.runs()
                                                        .finish(
                                                                tx,
                                                                run,
                                                                "invalid",
                                                                one.mistakes(),
                                                                List.of()));
                        made.add(run);
                    }
                    done(tx, event.seq());
                });
        for (int i = 0; i < made.size(); i++) {
            Run run = made.get(i);
            wanted.get(i).workflow().ifPresent(workflow -> conductor.lead(run, workflow));
            shop.changed(run);
        }
    }

    private static void putTickets(Tx tx, Run run, Fact.ChangePushed push) {
        var tickets = new TreeSet<Long>();
        for (Fact.Commit commit : push.commits()) {
            tickets.addAll(commit.mentions());
            tickets.addAll(commit.fixes());
        }
        for (long ticket : tickets) {
            RunStore.update(
                    tx.sql(),
                    "INSERT INTO building_tickets (project, ticket, run) VALUES (?, ?, ?)",
                    run.project(),
                    ticket,
                    run.id());
        }
    }

    void putJobs(Tx tx, Run run, Workflow workflow) {
        int place = 0;
        for (Workflow.Job job : workflow.jobs()) {
            String name = job.key("name").map(Template::source).orElse(job.id());
            shop.runs()
                    .put(
                            tx.sql(),
                            new RunJob(
                                    run.id(),
                                    job.id(),
                                    job.id(),
                                    name,
                                    place++,
                                    "{}",
                                    job.needs(),
                                    "waiting",
                                    "",
                                    false,
                                    "",
                                    "{}",
                                    0,
                                    0,
                                    0));
        }
    }

    RunStore.NewRun newRun(
            String project,
            Workflow workflow,
            Run.Source source,
            Run.EventData event,
            String title) {
        String named = title;
        try {
            named =
                    workflow.keys()
                            .get("run-name")
                            .map(t -> t.value(scope(workflow, source, event)).text())
                            .filter(name -> !name.isBlank())
                            .orElse(title);
        } catch (ExpressionFault e) {
            LOG.debug("run-name of {} gives nothing: {}", workflow.file(), e.message());
        }
        return new RunStore.NewRun(
                project,
                workflow.file(),
                workflow.name(),
                named,
                event.name().equals("push") ? "push" : "dispatch",
                source,
                event,
                1,
                "");
    }

    private static Scope scope(Workflow workflow, Run.Source source, Run.EventData event) {
        Value payload = Value.json(event.payload());
        return Scope.of(
                Map.of(
                        "github",
                        Value.of(
                                Map.of(
                                        "event", payload,
                                        "event_name", Value.of(event.name()),
                                        "actor", Value.of(source.actor()),
                                        "ref", Value.of(source.ref()),
                                        "ref_name", Value.of(source.branch()),
                                        "sha", Value.of(source.commit()),
                                        "workflow", Value.of(workflow.name()))),
                        "inputs",
                        payload.at("inputs"),
                        "vars",
                        Value.of(Map.of())));
    }

    private static String title(Fact.ChangePushed push) {
        return push.commits().isEmpty() ? push.ref() : push.commits().getFirst().subject();
    }

    /** All workflows at a commit, read. */
    static List<WorkflowReading> workflows(GitRepository repository, String commit) {
        var readings = new ArrayList<WorkflowReading>();
        for (TreeEntry entry : repository.tree(commit, FOLDER).orElse(List.of())) {
            boolean file =
                    entry.kind() == TreeEntry.Kind.FILE
                            || entry.kind() == TreeEntry.Kind.EXECUTABLE;
            if (file
                    && (entry.name().endsWith(".yml") || entry.name().endsWith(".yaml"))
                    && readings.size() < Limits.WORKFLOW_FILES) {
                repository
                        .file(commit, entry.path(), Limits.WORKFLOW_BYTES + 1)
                        .ifPresent(blob ->
                                readings.add(WorkflowReading.read(entry.path(), blob.text())));
            }
        }
        return readings;
    }

    /** Empty where nobody can say: then path filters let the push through. */
    private static Optional<Set<String>> changed(GitRepository repository, Fact.ChangePushed push) {
        String before = push.before();
        try {
            if (before.equals(RefUpdate.NONE)) {
                // of a new branch: what its commits changed, from the parent of the oldest one
                if (push.commits().isEmpty()) {
                    return Optional.empty();
                }
                var parents = repository.commit(push.commits().getLast().id()).parents();
                before = parents.isEmpty() ? RefUpdate.NONE : parents.getFirst();
            }
            var paths = new HashSet<String>();
            repository
                    .changedPaths(before, push.after(), Limits.CHANGED_PATHS)
                    .forEach(change -> paths.add(change.path()));
            return paths.size() >= Limits.CHANGED_PATHS ? Optional.empty() : Optional.of(paths);
        } catch (GitFailure e) {
            return Optional.empty();
        }
    }
}
