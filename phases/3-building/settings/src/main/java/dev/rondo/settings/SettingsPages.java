package dev.rondo.settings;

import dev.rondo.settings.pages.Templates;
import dev.rondo.settings.view.PolicyView;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much a project may run at once, what its tokens may, who may call its workflows, and which
 * actions it uses.
 */
final class SettingsPages {
    private static final String SETTINGS = "/projects/{project}/building/settings";

    private final ProjectSettings kept;
    private final SettingsChange change;
    private final Templates templates;

    SettingsPages(ProjectSettings kept, SettingsChange change, Templates templates) {
        this.kept = kept;
        this.change = change;
        this.templates = templates;
    }

    void register(Routes routes) {
        routes.get(SETTINGS, May.OWN, this::show);
        routes.post(SETTINGS, May.OWN, this::save);
        routes.post(SETTINGS + "/actions", May.OWN, this::actions);
        routes.post(SETTINGS + "/places", May.ADMIN, this::places);
    }

    private void show(Visit visit) {
        BuildingSettings settings = kept.values();
        String project = visit.project().name();
        visit.page(
                Page.titled(visit.text("building.settings")).menu("building.menu.settings"),
                templates.buildingSettings(
                        visit,
                        settings.value(project, BuildingSettings.JOBS).orElse(""),
                        settings.value(project, BuildingSettings.TOKEN).orElse("read"),
                        settings.callable(project),
                        view(settings, project),
                        settings.value("", BuildingSettings.JOBS).orElse(""),
                        settings.places()));
    }

    private void save(Visit visit) {
        String jobs = visit.param("jobs").strip();
        if (wrong(jobs)) {
            visit.refuse(Refusal.of("building.settings.jobs.wrong", Limits.PLACES).at("jobs"));
            return;
        }
        String project = visit.project().name();
        String token = visit.param("token").equals("write") ? "write" : "";
        String callable = visit.param("callable").equals("true") ? "all" : "";
        put(
                visit,
                project,
                Map.of(
                        BuildingSettings.JOBS, jobs,
                        BuildingSettings.TOKEN, token,
                        BuildingSettings.CALLABLE, callable));
    }

    private static boolean wrong(String jobs) {
        return !jobs.isEmpty()
                && (!jobs.matches("[1-9][0-9]{0,5}") || Integer.parseInt(jobs) > Limits.PLACES);
    }

    private void places(Visit visit) {
        String jobs = visit.param("places").strip();
        if (wrong(jobs)) {
            visit.refuse(Refusal.of("building.settings.jobs.wrong", Limits.PLACES).at("places"));
            return;
        }
        put(visit, "", Map.of(BuildingSettings.JOBS, jobs));
    }

    private static PolicyView view(BuildingSettings settings, String project) {
        ActionPolicy policy = settings.actions(project);
        return new PolicyView(
                settings.enabled(project),
                policy.allowed().word(),
                policy.githubOwned(),
                String.join("\n", policy.patterns()),
                policy.pinned());
    }

    private void actions(Visit visit) {
        List<String> patterns =
                visit.param("patterns")
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
        var policy =
                new ActionPolicy(
                        ActionPolicy.Allowed.of(visit.param("allowed"))
                                .orElse(ActionPolicy.Allowed.ALL),
                        visit.param("github").equals("true"),
                        patterns,
                        visit.param("pinned").equals("true"));
        Optional<Refusal> refusal = SettingsChange.refusal(patterns);
        if (refusal.isPresent()) {
            visit.refuse(refusal.get());
            return;
        }
        var values = SettingsChange.values(policy);
        values.put(BuildingSettings.ENABLED, visit.param("enabled").equals("true") ? "" : "false");
        put(visit, visit.project().name(), values);
    }

    private void put(Visit visit, String project, Map<String, String> values) {
        change.put(visit, project, values);
        visit.notice("building.settings.saved");
        visit.redirect("/projects/" + visit.project().name() + "/building/settings");
    }
}
