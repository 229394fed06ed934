package dev.rondo.building;

import dev.rondo.access.Projects;
import dev.rondo.actions.Input;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowReading;
import dev.rondo.building.pages.Templates;
import dev.rondo.building.view.InputView;
import dev.rondo.building.view.RunRow;
import dev.rondo.building.view.WorkflowPageView;
import dev.rondo.building.view.WorkflowView;
import dev.rondo.engine.Workshop;
import dev.rondo.events.Happenings;
import dev.rondo.records.Run;
import dev.rondo.settings.Environment;
import dev.rondo.settings.EnvironmentStore;
import dev.rondo.store.Micros;
import dev.rondo.triggers.Dispatches;
import dev.rondo.triggers.Planner;
import dev.rondo.triggers.ScheduleRows;
import dev.rondo.triggers.WorkflowFiles;
import dev.rondo.triggers.WorkflowRow;
import dev.rondo.triggers.WorkflowRows;
import dev.rondo.triggers.WorkflowSwitch;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Paging;
import dev.rondo.web.Parts;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Pages of workflows: all of a project, one with its form, its badge. */
final class WorkflowPages {
    static final String MENU = "building.menu.workflows";
    private static final String WORKFLOWS = "/projects/{project}/building/workflows";
    private static final String GITHUB = "/" + Projects.OWNER + "/{project}";
    private static final int ROWS = 20;
    private static final int NAME = 100;

    private final Workshop shop;
    private final Planner planner;
    private final Dispatches dispatches;
    private final Templates templates;

    WorkflowPages(Workshop shop, Planner planner, Dispatches dispatches, Templates templates) {
        this.shop = shop;
        this.planner = planner;
        this.dispatches = dispatches;
        this.templates = templates;
    }

    void register(Routes routes) {
        routes.get(WORKFLOWS, May.READ, this::list);
        routes.get(WORKFLOWS + "/{workflow}", May.READ, v -> show(v, List.of(), Map.of(), 200));
        routes.post(WORKFLOWS + "/{workflow}/dispatches", May.WRITE, this::dispatch);
        routes.post(WORKFLOWS + "/{workflow}/state", May.WRITE, this::put);
        routes.get(WORKFLOWS + "/{workflow}/badge.svg", May.READ, this::badge);
        // Addresses that people write by hand, after those of github.com.
        routes.get(GITHUB + "/actions/workflows/{workflow}/badge.svg", May.READ, this::badge);
        routes.get(GITHUB + "/actions/workflows/{workflow}", May.READ, v -> home(v, "workflow"));
        routes.get(GITHUB + "/actions/runs/{run}", May.READ, v -> home(v, "run"));
        routes.get(GITHUB, May.READ, v -> v.redirect("/projects/" + v.project().name()));
    }

    private static void home(Visit visit, String kind) {
        visit.redirect(
                "/projects/"
                        + visit.project().name()
                        + "/building/"
                        + kind
                        + "s/"
                        + visit.param(kind).replaceAll("[^A-Za-z0-9._-]", ""));
    }

    static String path(String project, String file) {
        return "/projects/"
                + project
                + "/building/workflows/"
                + file.substring(file.lastIndexOf('/') + 1);
    }

    /** What stands on the default branch now, by file. */
    private Map<String, WorkflowReading> readings(Visit visit) {
        var readings = new LinkedHashMap<String, WorkflowReading>();
        shop.spine()
                .repositories()
                .find(visit.project().name())
                .ifPresent(repository ->
                        repository
                                .resolve("refs/heads/" + visit.project().defaultBranch())
                                .map(commit -> planner.files().at(repository, commit))
                                .ifPresent(all ->
                                        all.forEach(one ->
                                                readings.put(WorkflowFiles.file(one), one))));
        return readings;
    }

    private void list(Visit visit) {
        String project = visit.project().name();
        Map<String, WorkflowReading> readings = readings(visit);
        var views = new ArrayList<WorkflowView>();
        shop.spine()
                .store()
                .read(sql -> {
                    for (WorkflowRow row : WorkflowRows.all(sql, project)) {
                        Optional<Run> last =
                                RunFilter.ALL.withFile(row.file()).newest(sql, project);
                        views.add(view(row, Optional.ofNullable(readings.get(row.file())), last));
                    }
                    return views;
                });
        views.sort(java.util.Comparator.comparing(WorkflowView::gone));
        visit.page(
                Page.titled(visit.text("building.workflows")).menu(MENU).style(RunPages.STYLE),
                Parts.live(visit, templates.workflows(visit, List.copyOf(views))));
    }

    private static WorkflowView view(
            WorkflowRow row, Optional<WorkflowReading> reading, Optional<Run> last) {
        List<String> triggers =
                reading.filter(WorkflowReading.Valid.class::isInstance)
                        .map(one -> ((WorkflowReading.Valid) one).workflow().on().events().keySet())
                        .map(List::copyOf)
                        .orElse(List.of());
        return new WorkflowView(
                row.name(),
                row.fileName(),
                row.disabled(),
                reading.isEmpty(),
                reading.filter(WorkflowReading.Invalid.class::isInstance).isPresent(),
                triggers,
                triggers.stream().filter(event -> !Happenings.EVENTS.contains(event)).toList(),
                last.map(RunViews::row),
                path(row.project(), row.file()));
    }

    private WorkflowRow row(Visit visit) {
        return shop.spine()
                .store()
                .read(sql ->
                        WorkflowRows.find(sql, visit.project().name(), visit.param("workflow")))
                .orElseThrow(visit::missing);
    }

    /** With the problems and values of a start that was refused, or with none. */
    private void show(Visit visit, List<String> problems, Map<String, String> given, int status) {
        WorkflowRow row = row(visit);
        String project = row.project();
        Optional<WorkflowReading> reading = Optional.ofNullable(readings(visit).get(row.file()));
        Paging paging = visit.paging(ROWS);
        var filter = RunFilter.ALL.withFile(row.file());
        List<Run> found = RunPages.find(shop, filter, project, paging);
        Paging.Slice<RunRow> rows =
                paging.slice(found, run -> String.valueOf(run.number())).map(RunViews::row);
        Optional<Workflow> workflow =
                reading.filter(WorkflowReading.Valid.class::isInstance)
                        .map(one -> ((WorkflowReading.Valid) one).workflow());
        boolean byHand =
                workflow.filter(w -> w.on().on("workflow_dispatch")).isPresent()
                        && !row.disabled()
                        && visit.may(May.WRITE);
        var view =
                new WorkflowPageView(
                        view(row, reading, Optional.empty()),
                        byHand,
                        given.getOrDefault("ref", visit.project().defaultBranch()),
                        workflow.map(w -> inputs(w, given, environments(project)))
                                .orElse(List.of()),
                        problems,
                        times(visit, row),
                        markdown(row));
        visit.page(
                Page.titled(row.name())
                        .trail(
                                visit.text("building.workflows"),
                                WORKFLOWS.replace("{project}", project))
                        .menu(MENU)
                        .style(RunPages.STYLE)
                        .status(status),
                Parts.live(visit, templates.workflow(visit, view, rows)));
    }

    private List<String> times(Visit visit, WorkflowRow row) {
        return shop.spine().store().read(sql -> ScheduleRows.of(sql, row.project())).stream()
                .filter(one -> one.file().equals(row.file()))
                .map(one -> one.cron() + " · " + visit.times().exact(Micros.toInstant(one.dueAt())))
                .toList();
    }

    private String markdown(WorkflowRow row) {
        String page = shop.spine().publicUrl() + path(row.project(), row.file());
        return "[![%s](%s/badge.svg)](%s)".formatted(row.name(), page, page);
    }

    private List<String> environments(String project) {
        return shop.spine().store().read(sql -> EnvironmentStore.list(sql, project)).stream()
                .map(Environment::title)
                .toList();
    }

    /** Where no environment is known yet, any may be named. */
    private static List<InputView> inputs(
            Workflow workflow, Map<String, String> given, List<String> environments) {
        return workflow.on().dispatchInputs().stream()
                .map(input ->
                        new InputView(
                                input.name(),
                                input.type().name().toLowerCase(Locale.ROOT),
                                input.description(),
                                input.required(),
                                given.getOrDefault(
                                        "input." + input.name(),
                                        input.fallback(Scope.of(Map.of())).text()),
                                input.type() == Input.Type.ENVIRONMENT
                                        ? environments
                                        : input.options()))
                .toList();
    }

    private void dispatch(Visit visit) {
        WorkflowRow row = row(visit);
        var given = new LinkedHashMap<String, String>();
        visit.http().formParamMap().forEach((name, values) -> given.put(name, values.getLast()));
        var inputs = new LinkedHashMap<String, String>();
        given.forEach((name, value) -> {
            if (name.startsWith("input.")) {
                inputs.put(name.substring("input.".length()), value);
            }
        });
        var wanted = new Dispatches.Wanted(row.file(), given.getOrDefault("ref", ""), inputs);
        switch (dispatches.dispatch(visit.project(), wanted, visit.caller().account())) {
            case Dispatches.Answer.Started(Run run) -> {
                visit.notice("building.dispatched", run.number());
                visit.redirect(RunViews.path(run));
            }
            case Dispatches.Answer.Refused refused -> {
                List<String> problems =
                        refused.problems().stream()
                                .map(one -> visit.text(one.key(), one.args().toArray()))
                                .toList();
                if (visit.wantsJson()) {
                    visit.refuse(Refusal.of("building.dispatch.problems", refused.text()));
                } else {
                    show(visit, problems, given, 422);
                }
            }
        }
    }

    private void put(Visit visit) {
        WorkflowRow row = row(visit);
        boolean off = visit.param("state").equals("disabled");
        new WorkflowSwitch(shop)
                .put(
                        row,
                        off ? WorkflowRow.DISABLED : WorkflowRow.ACTIVE,
                        visit.caller().account());
        visit.notice(off ? "building.workflow.off" : "building.workflow.on", row.name());
        visit.redirect(path(row.project(), row.file()));
    }

    /** As private as the project, and so as its runs; asked for again after a minute. */
    private void badge(Visit visit) {
        WorkflowRow row = row(visit);
        var filter =
                new RunFilter(
                        row.file(),
                        visit.query("branch").orElse(visit.project().defaultBranch()),
                        visit.query("event").orElse(""),
                        "",
                        "finished",
                        "",
                        RunFilter.Times.ALL);
        Optional<Run> last = shop.spine().store().read(sql -> filter.newest(sql, row.project()));
        String name = row.name().substring(0, Math.min(NAME, row.name().length()));
        visit.http().header("Cache-Control", "private, max-age=60");
        visit.http().contentType("image/svg+xml; charset=utf-8");
        visit.http().result(Badge.svg(name, Badge.word(last)));
    }
}
