package dev.rondo.triggers;

import dev.rondo.actions.SkipMarks;
import dev.rondo.actions.Triggers;
import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.engine.Conductor;
import dev.rondo.engine.Workshop;
import dev.rondo.events.Happening;
import dev.rondo.events.Happenings;
import dev.rondo.events.Scene;
import dev.rondo.git.RefUpdate;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.records.Run;
import dev.rondo.records.RunStore;
import dev.rondo.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns events into runs. The reaction writes down that an event is to be looked at; this thread,
 * woken after that commit, reads the workflows that it may start and queues what they ask for.
 */
public final class Planner {
    private static final Logger LOG = LoggerFactory.getLogger(Planner.class);
    private static final int TRIES = 3;
    private static final int PAUSE_SECONDS = 5;
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Workshop shop;
    private final Conductor conductor;
    private final Scenes scenes;
    private final RunTitles titles;
    private final WorkflowFiles files = new WorkflowFiles();
    private final Scheduler scheduler;
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean stopping;
    private final Thread thread = Thread.ofVirtual().name("building-planner").unstarted(this::work);

    public Planner(Workshop shop, Conductor conductor, Scenes scenes) {
        this.shop = shop;
        this.conductor = conductor;
        this.scenes = scenes;
        this.titles = new RunTitles(shop);
        this.scheduler = new Scheduler(shop, this);
    }

    public void start() {
        thread.start();
        scheduler.start();
        bell.release();
    }

    /** What it is at comes to its end; the rest is found again at the next start. */
    public void stop() {
        scheduler.stop();
        stopping = true;
        bell.release();
        join(thread);
    }

    static void join(Thread thread) {
        try {
            thread.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public Scenes scenes() {
        return scenes;
    }

    public WorkflowFiles files() {
        return files;
    }

    /** The reaction: writes and wakes, nothing else. */
    public void heard(Tx tx, Event event) {
        tx.sql()
                .execute(
                        "INSERT INTO building_events (seq) VALUES (?) ON CONFLICT (seq) DO NOTHING",
                        event.seq());
        tx.afterCommit(bell::release);
    }

    private void work() {
        while (!stopping) {
            try {
                bell.acquire();
                bell.drainPermits();
                for (long seq : waiting()) {
                    plan(seq);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // a database that fails: what is still to do stands there, and is found again
                LOG.error("events cannot be looked at", e);
                again();
            }
        }
    }

    private void again() {
        try {
            if (!stopping && !bell.tryAcquire(PAUSE_SECONDS, TimeUnit.SECONDS)) {
                bell.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Long> waiting() {
        if (stopping) {
            return List.of();
        }
        return shop.spine()
                .store()
                .read(sql ->
                        sql.createQuery("SELECT seq FROM building_events ORDER BY seq")
                                .mapTo(Long.class)
                                .list());
    }

    private void plan(long seq) {
        for (int attempt = 1; !stopping; attempt++) {
            try {
                plan(shop.spine().store().read(sql -> JournalReads.find(sql, seq)).orElseThrow());
                return;
            } catch (RuntimeException e) {
                LOG.error("event {} could not be planned, try {}", seq, attempt, e);
                if (attempt == TRIES) {
                    shop.spine().store().update(tx -> done(tx, seq));
                    return;
                }
            }
        }
    }

    private static void done(Tx tx, long seq) {
        tx.sql().execute("DELETE FROM building_events WHERE seq = ?", seq);
    }

    private void plan(Event event) {
        Optional<Scene> scene = scenes.of(event.project());
        var wanted = new ArrayList<Wanted>();
        if (scene.isPresent()) {
            for (Happening one :
                    Happenings.of(scene.get(), event, scenes.lookup(event.project()))) {
                wanted.addAll(wanted(scene.get(), one));
            }
        }
        Optional<String> tip = scene.flatMap(s -> newDefault(s, event));
        List<WorkflowReading> listed =
                tip.map(commit -> files.at(scene.orElseThrow().repository(), commit))
                        .orElse(List.of());
        queue(
                event.project(),
                wanted,
                List.of(event.seq()),
                tx -> {
                    done(tx, event.seq());
                    if (tip.isPresent()) {
                        listed.forEach(reading -> note(tx, event.project(), reading));
                        ScheduleRows.replace(tx, event.project(), event.actor(), listed);
                    }
                });
        if (tip.isPresent()) {
            scheduler.changed();
        }
    }

    /** The commit to which a push moved the default branch. */
    private static Optional<String> newDefault(Scene scene, Event event) {
        return event.fact() instanceof Fact.ChangePushed push
                        && push.defaultBranch()
                        && !push.after().equals(RefUpdate.NONE)
                ? scene.repository().resolve(push.after())
                : Optional.empty();
    }

    private static void note(Tx tx, String project, WorkflowReading reading) {
        WorkflowRows.note(tx, project, WorkflowFiles.file(reading), WorkflowFiles.name(reading));
    }

    /** A run to be made; without a workflow the mistakes say why it ends at once. */
    public record Wanted(
            Happening happening,
            String file,
            String name,
            Optional<Workflow> workflow,
            String mistakes) {
        public static Wanted of(Happening happening, Workflow workflow) {
            return new Wanted(
                    happening, workflow.file(), workflow.name(), Optional.of(workflow), "");
        }
    }

    /** What an event starts; a workflow with mistakes can only say so when it is pushed. */
    List<Wanted> wanted(Scene scene, Happening happening) {
        if (!shop.settings().values().enabled(scene.project().name())) {
            return List.of();
        }
        Set<String> disabled =
                shop.spine()
                        .store()
                        .read(sql -> WorkflowRows.disabled(sql, scene.project().name()));
        boolean told =
                happening.name().equals("push")
                        && happening.headMessage().filter(SkipMarks::skip).isEmpty();
        var wanted = new ArrayList<Wanted>();
        for (WorkflowReading reading : files.at(scene.repository(), happening.source().commit())) {
            if (disabled.contains(WorkflowFiles.file(reading))) {
                continue;
            }
            switch (reading) {
                case WorkflowReading.Valid valid -> {
                    Triggers.Decision decision = valid.workflow().on().decide(happening.event());
                    if (decision instanceof Triggers.Decision.Runs) {
                        wanted.add(Wanted.of(happening, valid.workflow()));
                    } else if (decision instanceof Triggers.Decision.Stays(String why)) {
                        LOG.debug("{} stays: {}", valid.workflow().file(), why);
                    }
                }
                case WorkflowReading.Invalid invalid -> {
                    if (told) {
                        wanted.add(
                                new Wanted(
                                        happening,
                                        invalid.file(),
                                        invalid.name(),
                                        Optional.empty(),
                                        invalid.text()));
                    }
                }
            }
        }
        return wanted;
    }

    /** Queues runs together with what else is to be written, and leads them after the commit. */
    public List<Run> queue(
            String project, List<Wanted> wanted, Collection<Long> causes, Consumer<Tx> also) {
        var made = new ArrayList<Run>();
        shop.spine()
                .store()
                .update(tx -> {
                    made.clear();
                    wanted.forEach(one -> made.add(queue(tx, project, one, causes)));
                    also.accept(tx);
                });
        for (int i = 0; i < made.size(); i++) {
            Run run = made.get(i);
            wanted.get(i).workflow().ifPresent(workflow -> conductor.lead(run));
            shop.changed(run);
        }
        return made;
    }

    private Run queue(Tx tx, String project, Wanted wanted, Collection<Long> causes) {
        WorkflowRows.note(tx, project, wanted.file(), wanted.name());
        Run run = shop.runs().queue(tx, newRun(project, wanted), causes);
        putTickets(tx, run, causes);
        if (wanted.workflow().isEmpty()) {
            shop.runs().finish(tx, run, "invalid", wanted.mistakes(), List.of());
            return run;
        }
        conductor.prepare(tx, run, wanted.workflow().get());
        return titles.put(tx, run, wanted.workflow().get());
    }

    private static RunStore.NewRun newRun(String project, Wanted wanted) {
        Happening happening = wanted.happening();
        Happening.Source source = happening.source();
        return new RunStore.NewRun(
                project,
                wanted.file(),
                wanted.name(),
                happening.title().isBlank() ? wanted.name() : happening.title(),
                happening.name().equals("workflow_dispatch") ? "dispatch" : happening.name(),
                new Run.Source(source.ref(), source.commit(), source.evidence(), source.actor()),
                new Run.EventData(happening.name(), happening.payload().toJson()),
                Optional.empty());
    }

    /** So that a work item shows the runs of the pushes that name it. */
    private static void putTickets(Tx tx, Run run, Collection<Long> causes) {
        if (!run.event().name().equals("push")) {
            return;
        }
        var tickets = new TreeSet<Long>();
        for (long cause : causes) {
            if (JournalReads.find(tx.sql(), cause).map(Event::fact).orElse(null)
                    instanceof Fact.ChangePushed push) {
                for (Fact.Commit commit : push.commits()) {
                    tickets.addAll(commit.mentions());
                    tickets.addAll(commit.fixes());
                }
            }
        }
        for (long ticket : tickets) {
            tx.sql()
                    .execute(
                            "INSERT INTO building_tickets (project, ticket, run) VALUES (?, ?, ?)",
                            run.project(),
                            ticket,
                            run.id());
        }
    }
}
