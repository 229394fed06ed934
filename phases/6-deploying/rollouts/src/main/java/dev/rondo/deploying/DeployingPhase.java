package dev.rondo.deploying;

import dev.rondo.deploying.pages.DynamicTemplates;
import dev.rondo.deploying.pages.StaticTemplates;
import dev.rondo.deploying.pages.Templates;
import dev.rondo.deploying.router.Router;
import dev.rondo.journal.Reaction;
import dev.rondo.journal.Subject;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Phase;
import dev.rondo.phase.Spine;
import dev.rondo.phase.Standing;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.Panel;
import dev.rondo.web.Reload;
import dev.rondo.web.Routes;
import dev.rondo.web.Tone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sixth phase. Beside what every phase has: it owns the traffic router with its own port, and
 * processes that outlive Rondo; {@link #wantedInstances} names those to the sandbox before the
 * start.
 */
public final class DeployingPhase implements Phase {

    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final Spine spine;
    private final Router router;
    private final Conductor conductor;
    private final RolloutPages pages;
    private final RolloutApi api;
    private final DeployingPanels panels;
    private final DeployingReactions reactions;
    private final DeployCommand commands;
    private volatile boolean stopsInstances;

    public DeployingPhase(Spine spine, RouterSettings settings) {
        this.spine = spine;
        var sayings = new Sayings(spine.texts());
        var checks = new RolloutChecks(spine.repositories());
        var rollouts = new Rollouts(spine.journal(), checks, sayings);
        router =
                new Router(
                        settings.host(),
                        settings.port(),
                        settings.trustsForwarded(),
                        spine.telemetry());
        conductor = new Conductor(spine, rollouts, router, sayings);
        var actions = new RolloutActions(spine.store(), rollouts, conductor);
        var reads = new RolloutReads(sayings, spine.publicUrl(), router::port);
        Templates templates =
                Reload.templates(
                        "phases/6-deploying/rollouts", StaticTemplates::new, DynamicTemplates::new);
        pages =
                new RolloutPages(
                        spine.store(), templates, reads, actions, checks, conductor.world());
        api = new RolloutApi(spine.store(), reads, actions);
        panels = new DeployingPanels(spine.store(), templates, reads, checks);
        reactions = new DeployingReactions(rollouts, checks, conductor, sayings);
        commands = new DeployCommand(spine.access(), actions, sayings);
    }

    @Override
    public String name() {
        return "deploying";
    }

    @Override
    public int place() {
        return 6;
    }

    @Override
    public void routes(Routes routes) {
        pages.register(routes);
        api.register(routes);
    }

    @Override
    public List<MenuEntry> menu() {
        return List.of(
                new MenuEntry(
                        name(),
                        place(),
                        RolloutPages.MENU,
                        "/projects/{project}/deploying/environments",
                        10,
                        May.READ));
    }

    @Override
    public List<Panel> panels() {
        return panels.panels();
    }

    @Override
    public List<Reaction> reactions() {
        return List.of(reactions.reaction());
    }

    @Override
    public List<ChatCommand> commands() {
        return commands.commands();
    }

    @Override
    public Optional<String> link(String project, Subject subject) {
        return subject.kind().equals("rollout")
                ? Optional.of(RolloutPages.path(project, subject.id()))
                : Optional.empty();
    }

    @Override
    public List<Standing> holds(org.jdbi.v3.core.Handle sql, String project) {
        var href = "/projects/" + project + "/deploying/environments";
        long moving =
                RolloutStore.open(sql).stream()
                        .filter(rollout -> rollout.place().project().equals(project))
                        .count();
        long living = ServiceStore.of(sql, project).size();
        return moving > 0
                ? List.of(
                        Standing.of("deploying.holds.moving", moving, Tone.ACTIVE, href),
                        Standing.of("deploying.holds.living", living, Tone.GOOD, href))
                : List.of(Standing.of("deploying.holds.living", living, Tone.GOOD, href));
    }

    /** Processes that must outlive a restart: the sandbox is to leave them alone. */
    public Set<dev.rondo.sandbox.Handle> wantedInstances() {
        var wanted = new HashSet<dev.rondo.sandbox.Handle>();
        for (var row : spine.store().read(InstanceStore::alive)) {
            if (!row.handle().isEmpty()) {
                wanted.add(dev.rondo.sandbox.Handle.decode(row.handle()));
            }
        }
        return wanted;
    }

    /** The port on which the router listens, once started. */
    public int routerPort() {
        return router.port();
    }

    /** Whether {@link #stop} ends the deployed instances too; else they live on. */
    public void stopsInstances(boolean stops) {
        stopsInstances = stops;
    }

    @Override
    public void start() {
        conductor.restore();
        try {
            router.start();
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        conductor.start();
    }

    @Override
    public void stop() {
        router.drain(DRAIN);
        conductor.close(stopsInstances);
    }
}
