package dev.rondo.triggers;

import dev.rondo.access.Projects;
import dev.rondo.actions.Value;
import dev.rondo.engine.GithubContext;
import dev.rondo.engine.Workshop;
import dev.rondo.events.FinishedRun;
import dev.rondo.events.Happenings;
import dev.rondo.events.Scene;
import dev.rondo.journal.Event;
import dev.rondo.journal.JournalReads;
import dev.rondo.phase.PushedTags;
import dev.rondo.phase.WorkItems;
import dev.rondo.records.Run;
import dev.rondo.records.RunRows;
import dev.rondo.store.Micros;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Where something happened, and what the payloads of events ask for beside it. */
public final class Scenes {
    private static final int STORY = 1_000;

    /** One more than a chain of runs may have. */
    private static final int DEPTH = 4;

    private final Workshop shop;
    private final WorkItems items;
    private final PushedTags tags;

    public Scenes(Workshop shop, WorkItems items, PushedTags tags) {
        this.shop = shop;
        this.items = items;
        this.tags = tags;
    }

    /** Empty where the project or its repository is not there. */
    public Optional<Scene> of(String project) {
        return shop.spine().store().read(sql -> Projects.find(sql, project)).stream()
                .flatMap(found ->
                        shop.spine().repositories().find(project).stream()
                                .map(repository ->
                                        new Scene(
                                                shop.spine().publicUrl(),
                                                Projects.OWNER,
                                                found,
                                                repository,
                                                shop.spine().links())))
                .findFirst();
    }

    public Happenings.Lookup lookup(String project) {
        return new Happenings.Lookup() {
            @Override
            public Optional<WorkItems.Item> item(long number) {
                return shop.spine().store().read(sql -> items.find(sql, project, number));
            }

            @Override
            public Optional<FinishedRun> run(String id) {
                return shop.spine().store().read(sql -> told(sql, id));
            }

            @Override
            public boolean amongManyTags(Event event) {
                return shop.spine().store().read(sql -> tags.amongMany(sql, event.seq()));
            }

            @Override
            public List<Event> story(Event event) {
                return shop.spine()
                        .store()
                        .read(sql -> JournalReads.of(sql, project, event.subject(), STORY));
            }
        };
    }

    private static Optional<FinishedRun> told(Handle sql, String id) {
        return RunRows.run(sql, id)
                .map(run -> {
                    Run.Progress progress = run.progress();
                    long workflow =
                            WorkflowRows.find(sql, run.project(), run.file())
                                    .map(WorkflowRow::number)
                                    .orElse(0L);
                    long started =
                            progress.startedAt() == 0 ? progress.queuedAt() : progress.startedAt();
                    long updated = Math.max(started, progress.finishedAt());
                    return new FinishedRun(
                            run.number(),
                            run.ordinal(),
                            run.id(),
                            workflow,
                            run.name(),
                            run.file(),
                            run.title(),
                            run.event().name(),
                            run.source().ref(),
                            run.source().commit(),
                            run.source().actor(),
                            progress.state(),
                            FinishedRun.conclusion(progress.outcome()),
                            run.attempt(),
                            run.again(),
                            depth(sql, run),
                            Micros.toInstant(progress.queuedAt()),
                            Micros.toInstant(started),
                            Micros.toInstant(updated));
                });
    }

    /** How many runs stand before it, each of which started the next by {@code workflow_run}. */
    private static int depth(Handle sql, Run run) {
        int depth = 0;
        Optional<Run> now = Optional.of(run);
        while (depth < DEPTH
                && now.filter(r -> r.event().name().equals("workflow_run")).isPresent()) {
            depth++;
            Value before = GithubContext.payload(now.get()).at("workflow_run").at("id");
            String project = run.project();
            now = RunRows.numbered(sql, project, (long) before.number());
        }
        return depth;
    }
}
