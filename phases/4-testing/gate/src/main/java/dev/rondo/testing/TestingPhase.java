package dev.rondo.testing;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Reaction;
import dev.rondo.journal.Subject;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Phase;
import dev.rondo.phase.ReportPatterns;
import dev.rondo.phase.Spine;
import dev.rondo.phase.Standing;
import dev.rondo.store.Tx;
import dev.rondo.testing.reports.Unreadable;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.PaletteSource;
import dev.rondo.web.Panel;
import dev.rondo.web.Routes;
import dev.rondo.web.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * The fourth phase: reads what a run's tools reported and lets the quality gate decide on it. It
 * also tells building, through {@link ReportPatterns}, which files of a workspace to keep.
 */
public final class TestingPhase implements Phase, ReportPatterns {
    private final Spine spine;
    private final Changes changes;
    private final EvidenceWorker worker;

    public TestingPhase(Spine spine) {
        this.spine = spine;
        this.changes = new Changes(spine.repositories());
        this.worker =
                new EvidenceWorker(
                        spine.store(),
                        spine.journal(),
                        spine.blobs(),
                        changes,
                        spine.live(),
                        spine.texts());
    }

    @Override
    public String name() {
        return "testing";
    }

    @Override
    public int place() {
        return 4;
    }

    @Override
    public void routes(Routes routes) {
        var gate = new GateBook(changes);
        new TestingPages(spine.store(), changes, gate, worker, spine.texts()).routes(routes);
        new TestingApi(spine.store(), gate, worker, spine.texts()).routes(routes);
    }

    @Override
    public List<MenuEntry> menu() {
        return List.of(
                new MenuEntry(
                        "testing",
                        4,
                        "testing.menu.tests",
                        "/projects/{project}/testing",
                        10,
                        May.READ),
                new MenuEntry(
                        "testing",
                        4,
                        "testing.menu.gate",
                        "/projects/{project}/testing/gate",
                        20,
                        May.READ));
    }

    @Override
    public List<Panel> panels() {
        return new TestingPanels(spine.store(), spine.texts()).all();
    }

    @Override
    public List<PaletteSource> palette() {
        return List.of((visit, words, limit) ->
                visit
                        .maybeProject()
                        .map(project ->
                                spine.store()
                                        .read(sql ->
                                                TestReads.search(
                                                        sql, project.name(), words, limit)))
                        .orElse(List.of())
                        .stream()
                        .map(test ->
                                new PaletteSource.Hit(
                                        visit.text("testing.title"),
                                        test.name(),
                                        test.holder(),
                                        test.path()))
                        .toList());
    }

    @Override
    public List<Reaction> reactions() {
        return List.of(
                Reaction.named("testing")
                        .on(Fact.ChangePushed.class, TestingPhase::pushed)
                        .on(
                                Fact.TaskRunFinished.class,
                                (tx, event, fact) -> EvidenceStore.heard(tx, event, fact))
                        .on(Fact.PipelineRunFinished.class, this::finished));
    }

    private static void pushed(Tx tx, Event event, Fact.ChangePushed push) {
        for (var commit : push.commits()) {
            var tickets = new TreeSet<>(commit.mentions());
            tickets.addAll(commit.fixes());
            for (var ticket : tickets) {
                tx.sql()
                        .createUpdate(
                                "INSERT INTO testing_mentions (project, ticket, commit_id, seq)"
                                        + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
                        .bind(0, event.project())
                        .bind(1, ticket)
                        .bind(2, push.after())
                        .bind(3, event.seq())
                        .execute();
            }
        }
    }

    private void finished(Tx tx, Event event, Fact.PipelineRunFinished fact) {
        EvidenceStore.heard(tx, event, fact);
        tx.afterCommit(worker::wake);
    }

    @Override
    public List<ChatCommand> commands() {
        return List.of(new TestsCommand(spine.store(), spine.texts()).command());
    }

    @Override
    public Optional<String> link(String project, Subject subject) {
        var root = "/projects/" + project + "/testing";
        return switch (subject.kind()) {
            case "testsuiterun" -> Optional.of(root + "/runs/" + subject.id());
            case "gate" -> Optional.of(root + "/runs/" + subject.id() + "#gate");
            default -> Optional.empty();
        };
    }

    @Override
    public List<Standing> holds(Handle sql, String project) {
        var root = "/projects/" + project + "/testing";
        var standings = new ArrayList<Standing>();
        var latest = PageReads.lastOfDefaultBranch(sql, project, 1).stream().findFirst();
        latest.ifPresent(run -> {
            standings.add(
                    run.bad() == 0
                            ? Standing.of(
                                    "testing.holds.passed", run.tests(), Tone.GOOD, run.path())
                            : Standing.of("testing.holds.failed", run.bad(), Tone.BAD, run.path()));
            standings.add(
                    Standing.of(
                            "testing.holds.gate." + run.verdict(),
                            run.number(),
                            Tone.of(run.verdict()),
                            run.path() + "#gate"));
        });
        long waiting = PageReads.waiting(sql, project);
        if (waiting > 0) {
            standings.add(Standing.of("testing.holds.waiting", waiting, Tone.ACTIVE, root));
        }
        return standings;
    }

    @Override
    public List<String> of(String project, String commit) {
        try {
            return changes.settings(project, commit, ReportPaths.FILE)
                    .map(ReportPaths::parse)
                    .orElse(ReportPaths.STANDARD)
                    .globs();
        } catch (Unreadable e) {
            // told where the gate decides; until then the usual names hold
            return ReportPaths.STANDARD.globs();
        }
    }

    @Override
    public void start() {
        worker.wake();
    }

    @Override
    public void stop() {
        worker.stop();
    }
}
