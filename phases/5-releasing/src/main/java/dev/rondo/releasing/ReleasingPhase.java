package dev.rondo.releasing;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Reaction;
import dev.rondo.journal.Subject;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Phase;
import dev.rondo.phase.Spine;
import dev.rondo.phase.Standing;
import dev.rondo.releasing.pages.DynamicTemplates;
import dev.rondo.releasing.pages.StaticTemplates;
import dev.rondo.releasing.pages.Templates;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.Panel;
import dev.rondo.web.Reload;
import dev.rondo.web.Routes;
import dev.rondo.web.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The phase of releasing, put together. */
public final class ReleasingPhase implements Phase {

    private final Spine spine;
    private final Templates templates =
            Reload.<Templates>templates(
                    "phases/5-releasing", StaticTemplates::new, DynamicTemplates::new);
    private final Drafting drafting;
    private final Publications publications;
    private final ReleaseActions actions;

    public ReleasingPhase(Spine spine) {
        this.spine = spine;
        this.drafting = new Drafting(spine);
        this.publications = new Publications(spine, drafting::wake);
        this.actions = new ReleaseActions(spine);
    }

    @Override
    public String name() {
        return "releasing";
    }

    @Override
    public int place() {
        return 5;
    }

    @Override
    public void routes(Routes routes) {
        var again = new Redrafting(spine, drafting);
        new ReleasePages(spine, templates, actions, publications, again).routes(routes);
        new CalendarPages(spine, templates, actions).routes(routes);
        new ReleaseApi(spine, actions, publications, again).routes(routes);
        new FreezeApi(spine, actions).routes(routes);
    }

    @Override
    public List<MenuEntry> menu() {
        var base = "/projects/{project}/releasing";
        return List.of(
                new MenuEntry("releasing", 5, ReleasePages.MENU, base + "/releases", 10, May.READ),
                new MenuEntry(
                        "releasing", 5, CalendarPages.MENU, base + "/calendar", 20, May.READ));
    }

    @Override
    public List<Panel> panels() {
        return new ReleasePanels(spine, templates).panels();
    }

    @Override
    public List<ChatCommand> commands() {
        return new ReleaseCommands(spine, actions, publications).commands();
    }

    @Override
    public List<Reaction> reactions() {
        return List.of(
                Reaction.named("releasing")
                        .on(Fact.ArtifactPackaged.class, this::packaged)
                        .on(Fact.GateDecided.class, this::gateDecided)
                        .on(Fact.ServiceDeployed.class, this::deployed)
                        .on(Fact.ServiceRolledBack.class, this::rolledBack));
    }

    private void packaged(Tx tx, Event event, Fact.ArtifactPackaged fact) {
        GateStore.packaged(tx.sql(), event.project(), event.seq(), fact);
    }

    private void gateDecided(Tx tx, Event event, Fact.GateDecided fact) {
        if (fact.defaultBranch() && fact.verdict().equals("passed")) {
            GateStore.passed(tx.sql(), event.project(), event.seq(), fact);
            tx.afterCommit(drafting::wake);
        }
    }

    private void deployed(Tx tx, Event event, Fact.ServiceDeployed fact) {
        GateStore.lives(
                tx.sql(), event.project(), fact.service(), fact.environment(), fact.version());
        tx.afterCommit(() -> tell(event.project(), fact.version()));
    }

    private void rolledBack(Tx tx, Event event, Fact.ServiceRolledBack fact) {
        actions.rolledBack(tx, event, fact);
        if (!fact.toVersion().isEmpty()) {
            GateStore.lives(
                    tx.sql(),
                    event.project(),
                    fact.service(),
                    fact.environment(),
                    fact.toVersion());
        }
        tx.afterCommit(() -> tell(event.project(), fact.version()));
    }

    private void tell(String project, String version) {
        spine.live().publish(project, Subject.of("release", version), "changed", "");
        spine.live().publish(project, "releasing", "");
    }

    @Override
    public Optional<String> link(String project, Subject subject) {
        return subject.kind().equals("release")
                ? Optional.of(ReleaseViews.path(project, subject.id()))
                : Optional.empty();
    }

    @Override
    public List<Standing> holds(Handle sql, String project) {
        var list = ReleaseViews.base(project) + "/releases";
        var lines = new ArrayList<Standing>();
        ReleaseStore.draft(sql, project)
                .ifPresent(draft ->
                        lines.add(
                                new Standing(
                                        "releasing.holds.draft",
                                        1,
                                        List.of(draft.version()),
                                        Tone.ACTIVE,
                                        ReleaseViews.path(project, draft.version()))));
        ReleaseStore.lastGood(sql, project)
                .ifPresent(last ->
                        lines.add(
                                new Standing(
                                        "releasing.holds.last",
                                        1,
                                        List.of(last.version()),
                                        Tone.GOOD,
                                        ReleaseViews.path(project, last.version()))));
        var frozen = FreezeStore.at(sql, project, Micros.now()).size();
        if (frozen > 0) {
            lines.add(
                    Standing.of(
                            "releasing.holds.frozen",
                            frozen,
                            Tone.WARN,
                            ReleaseViews.base(project) + "/calendar"));
        }
        if (lines.isEmpty()) {
            lines.add(Standing.of("releasing.holds.none", 0, Tone.NEUTRAL, list));
        }
        return lines;
    }

    /** Goes on with what a crash interrupted. */
    @Override
    public void start() {
        publications.resume();
        drafting.wake();
    }

    @Override
    public void stop() {
        drafting.stop();
    }
}
