package dev.rondo.coding;

import dev.rondo.access.Project;
import dev.rondo.access.Projects;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Reaction;
import dev.rondo.journal.Subject;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Phase;
import dev.rondo.phase.PushedTags;
import dev.rondo.phase.Spine;
import dev.rondo.phase.Standing;
import dev.rondo.store.Tx;
import dev.rondo.web.Gatekeeper;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.PaletteSource;
import dev.rondo.web.Panel;
import dev.rondo.web.Routes;
import dev.rondo.web.Tone;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The phase of coding, put together. */
public final class CodingPhase implements Phase, PushedTags {

    private static final Logger LOG = LoggerFactory.getLogger(CodingPhase.class);

    private final Spine spine;
    private final ProjectRepositories repositories;
    private final Pushes pushes;
    private final PushLimits limits;
    private final CodingPanels panels;
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("coding-worker").daemon().factory());

    public CodingPhase(Spine spine) {
        this.spine = spine;
        this.repositories = new ProjectRepositories(spine.repositories());
        this.pushes =
                new Pushes(spine.store(), spine.journal(), spine.access().projects(), repositories);
        this.limits =
                new PushLimits(
                        spine.store(),
                        spine.journal(),
                        spine.repositories().settings().maxPushBytes());
        this.panels = new CodingPanels(spine.store(), repositories);
    }

    @Override
    public boolean amongMany(Handle sql, long seq) {
        return PushStore.inHeap(sql, seq);
    }

    @Override
    public String name() {
        return "coding";
    }

    @Override
    public int place() {
        return 2;
    }

    @Override
    public void routes(Routes routes) {
        var projects = spine.access().projects();
        new NewProjectPages(new NewProjects(spine.store(), spine.journal(), projects, repositories))
                .routes(routes);
        new GitGate(Gatekeeper.of(spine.access()), projects, repositories, pushes, limits)
                .routes(routes);
        new FilePages(repositories, spine.publicUrl()).routes(routes);
        new RawFiles(repositories).routes(routes);
        new CommitPages(repositories).routes(routes);
        new RefPages(repositories).routes(routes);
        new CodingApi(repositories).routes(routes);
        new GithubApi(repositories, spine.publicUrl()).routes(routes);
        new SettingsPages(limits).routes(routes);
    }

    @Override
    public List<MenuEntry> menu() {
        String base = "/projects/{project}/coding";
        return List.of(
                new MenuEntry("coding", 2, FilePages.MENU, base, 10, May.READ),
                new MenuEntry("coding", 2, CommitPages.MENU, base + "/commits", 20, May.READ),
                new MenuEntry("coding", 2, RefPages.MENU, base + "/branches", 30, May.READ),
                new MenuEntry("coding", 2, SettingsPages.MENU, base + "/settings", 40, May.OWN));
    }

    @Override
    public List<Panel> panels() {
        return panels.panels();
    }

    @Override
    public List<PaletteSource> palette() {
        return List.of(new CodePalette(repositories)::find);
    }

    @Override
    public List<ChatCommand> commands() {
        return List.of(new LogCommand(repositories, spine.texts()).command());
    }

    /** A release's tag is made in the process, past the gate: it is an event all the same. */
    @Override
    public List<Reaction> reactions() {
        return List.of(
                Reaction.named("coding").on(Fact.ReleasePublished.class, this::releasePublished));
    }

    private void releasePublished(Tx tx, Event event, Fact.ReleasePublished fact) {
        var project = Projects.find(tx.sql(), event.project());
        project.ifPresent(found -> tx.afterCommit(() -> later(() -> tagged(found, event), 0)));
    }

    private void tagged(Project project, Event event) {
        pushes.reconcile(project, "rondo:releasing", List.of(event.seq()));
    }

    @Override
    public Optional<String> link(String project, Subject subject) {
        var urls = new CodeUrls(project);
        return switch (subject.kind()) {
            case "change" -> Optional.of(urls.commit(subject.id()));
            case "file" ->
                    Optional.of(subject.id())
                            .filter(id -> id.indexOf(':') > 0)
                            .map(id -> id.split(":", 2))
                            .map(part -> urls.files(part[0], part[1]));
            case "repository" -> Optional.of(urls.base());
            default -> Optional.empty();
        };
    }

    @Override
    public List<Standing> holds(Handle sql, String project) {
        var urls = new CodeUrls(project);
        return List.of(
                Standing.of(
                        "coding.holds.branches",
                        PushStore.count(sql, project, "refs/heads/"),
                        Tone.NEUTRAL,
                        urls.branches()),
                Standing.of(
                        "coding.holds.tags",
                        PushStore.count(sql, project, "refs/tags/"),
                        Tone.NEUTRAL,
                        urls.tags()));
    }

    /**
     * A git that outlived a killed Rondo may still move a ref: so it is looked again, and again.
     */
    @Override
    public void start() {
        pushes.reconcileAll();
        later(pushes::reconcileAll, 5);
        later(pushes::reconcileAll, 60);
    }

    private void later(Runnable work, long seconds) {
        worker.schedule(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        LOG.error("cannot compare refs with the journal", e);
                    }
                },
                seconds,
                TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        worker.shutdownNow();
    }
}
