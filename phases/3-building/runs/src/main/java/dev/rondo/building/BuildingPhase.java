package dev.rondo.building;

import dev.rondo.building.pages.DynamicTemplates;
import dev.rondo.building.pages.StaticTemplates;
import dev.rondo.building.pages.Templates;
import dev.rondo.containers.ContainerUse;
import dev.rondo.engine.ActionSettings;
import dev.rondo.engine.Conductor;
import dev.rondo.engine.LogKeep;
import dev.rondo.engine.Means;
import dev.rondo.engine.Orders;
import dev.rondo.engine.Tap;
import dev.rondo.engine.Workshop;
import dev.rondo.events.Happenings;
import dev.rondo.joblogs.JobLogs;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Reaction;
import dev.rondo.journal.Subject;
import dev.rondo.kubernetes.KubernetesSettings;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Phase;
import dev.rondo.phase.PushedTags;
import dev.rondo.phase.ReportPatterns;
import dev.rondo.phase.Spine;
import dev.rondo.phase.Standing;
import dev.rondo.phase.WorkItems;
import dev.rondo.records.RunRows;
import dev.rondo.results.Results;
import dev.rondo.results.Retention;
import dev.rondo.triggers.Dispatches;
import dev.rondo.triggers.Planner;
import dev.rondo.triggers.Scenes;
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

/** The third phase: from a pushed commit to artifacts, logs and reports. */
public final class BuildingPhase implements Phase {
    private final Workshop shop;
    private final Results results;
    private final Conductor conductor;
    private final Planner planner;
    private final Means means;
    private final Orders orders;
    private final Dispatches dispatches;
    private final RunPages pages;
    private final RunApi api;
    private final LogPages logs;
    private final WorkflowFilePage workflowFile;
    private final WorkflowPages workflows;
    private final WorkflowApi workflowApi;
    private final ActionsApi actionsApi;
    private final ChecksApi checksApi;
    private final ReviewsApi reviewsApi;
    private final RunPanels panels;
    private final RunCommands commands;

    /**
     * What an administrator chooses for building.
     *
     * @param containers whether jobs may use containers
     * @param actions where actions and tools come from beside this Rondo
     * @param cluster how some jobs run in Kubernetes
     * @param keeps how long and how much is kept at most
     */
    public record Choices(
            ContainerUse containers,
            ActionSettings actions,
            Optional<KubernetesSettings> cluster,
            Retention keeps) {}

    /**
     * @param reports which files of a workspace testing wants to see
     * @param items work items, whose texts workflows see
     * @param tags which tags came with so many others that they start nothing
     */
    public BuildingPhase(
            Spine spine,
            ReportPatterns reports,
            WorkItems items,
            PushedTags tags,
            Choices choices) {
        this(
                spine,
                reports,
                items,
                tags,
                Means.of(spine, choices.containers(), choices.cluster()),
                choices);
    }

    BuildingPhase(Spine spine, ReportPatterns reports, WorkItems items, Means means) {
        this(
                spine,
                reports,
                items,
                (sql, seq) -> false,
                means,
                new Choices(
                        ContainerUse.OFF, ActionSettings.NONE, Optional.empty(), Retention.USUAL));
    }

    private BuildingPhase(
            Spine spine,
            ReportPatterns reports,
            WorkItems items,
            PushedTags tags,
            Means means,
            Choices choices) {
        ActionSettings actions = choices.actions();
        this.means = means;
        this.results =
                new Results(
                        spine,
                        choices.keeps(),
                        new LogKeep(spine.store(), new JobLogs(spine.data())));
        this.shop = Workshop.of(spine, reports, means.jobs(), results, actions, Tap.NONE);
        this.conductor = new Conductor(shop, means.stations(spine));
        this.planner = new Planner(shop, conductor, new Scenes(shop, items, tags));
        this.dispatches = new Dispatches(shop, planner);
        this.orders = new Orders(shop, conductor);
        Templates templates =
                Reload.templates(
                        "phases/3-building/runs", StaticTemplates::new, DynamicTemplates::new);
        this.pages = new RunPages(shop, orders, templates);
        this.api = new RunApi(shop, orders, dispatches, pages);
        this.logs = new LogPages(shop, pages, templates);
        this.workflowFile = new WorkflowFilePage(shop, pages, templates);
        this.workflows = new WorkflowPages(shop, planner, dispatches, templates);
        this.workflowApi = new WorkflowApi(shop, dispatches);
        this.actionsApi = new ActionsApi(shop, orders);
        this.checksApi = new ChecksApi(shop, actionsApi);
        this.reviewsApi = new ReviewsApi(shop, orders);
        this.panels = new RunPanels(shop, templates);
        this.commands = new RunCommands(shop, dispatches);
    }

    @Override
    public String name() {
        return "building";
    }

    @Override
    public int place() {
        return 3;
    }

    @Override
    public void routes(Routes routes) {
        pages.register(routes);
        logs.register(routes);
        workflowFile.register(routes);
        workflows.register(routes);
        workflowApi.register(routes);
        actionsApi.register(routes);
        checksApi.register(routes);
        reviewsApi.register(routes);
        shop.settings().routes(routes, conductor::settingsChanged);
        api.register(routes);
        results.routes(routes);
    }

    @Override
    public List<MenuEntry> menu() {
        var menu = new ArrayList<>(results.menu());
        menu.addAll(
                List.of(
                        new MenuEntry(
                                "building",
                                3,
                                "building.menu.runs",
                                "/projects/{project}/building/runs",
                                10,
                                May.READ),
                        new MenuEntry(
                                "building",
                                3,
                                WorkflowPages.MENU,
                                "/projects/{project}/building/workflows",
                                15,
                                May.READ)));
        menu.addAll(shop.settings().menu());
        return menu;
    }

    @Override
    public List<Panel> panels() {
        return panels.all();
    }

    @Override
    public List<ChatCommand> commands() {
        return commands.all();
    }

    /** Asked for within reads of others, so it reads nothing: pages find runs by their ids too. */
    @Override
    public Optional<String> link(String project, Subject subject) {
        var runs = "/projects/" + project + "/building/runs/";
        return switch (subject.kind()) {
            case "pipelinerun" -> Optional.of(runs + subject.id());
            case "taskrun" ->
                    Optional.of(subject.id())
                            .filter(id -> id.indexOf('/') > 0)
                            .map(id -> runs + id.replaceFirst("/", "/jobs/"));
            default -> Optional.empty();
        };
    }

    @Override
    public List<Reaction> reactions() {
        Reaction reaction = Reaction.named("building");
        Happenings.FACTS.forEach(
                kind -> reaction.on(kind, (tx, event, fact) -> planner.heard(tx, event)));
        return List.of(
                reaction,
                Reaction.named("building-archives")
                        .on(
                                Fact.ReleaseDrafted.class,
                                (tx, event, drafted) ->
                                        results.keep(
                                                tx,
                                                event.project(),
                                                drafted.version(),
                                                drafted.artifacts().stream()
                                                        .map(Fact.Artifact::digest)
                                                        .toList())));
    }

    @Override
    public List<Standing> holds(Handle sql, String project) {
        long running = RunRows.count(sql, project, "running");
        String path = "/projects/" + project + "/building/runs";
        return List.of(
                Standing.of(
                        "building.holds.running",
                        running,
                        running > 0 ? Tone.ACTIVE : Tone.NEUTRAL,
                        path));
    }

    @Override
    public void start() {
        means.sweep();
        results.start();
        conductor.start();
        planner.start();
    }

    @Override
    public void stop() {
        planner.stop();
        conductor.stop();
        results.stop();
        means.stop();
        shop.repositories().close();
    }

    Workshop shop() {
        return shop;
    }

    Orders orders() {
        return orders;
    }

    Dispatches dispatches() {
        return dispatches;
    }

    /** As a kill would end it: nothing gets its time. */
    void abandon() {
        planner.stop();
        conductor.abandon();
        results.stop();
    }
}
