package dev.rondo.building;

import dev.rondo.building.pages.Templates;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.Map;

/** How much a project may run at once, what its tokens may, and who may call its workflows. */
final class SettingsPages {
    private static final String SETTINGS = "/projects/{project}/building/settings";

    private final Workshop shop;
    private final Conductor conductor;
    private final Templates templates;

    SettingsPages(Workshop shop, Conductor conductor, Templates templates) {
        this.shop = shop;
        this.conductor = conductor;
        this.templates = templates;
    }

    void register(Routes routes) {
        routes.get(SETTINGS, May.OWN, this::show);
        routes.post(SETTINGS, May.OWN, this::save);
        routes.post(SETTINGS + "/places", May.ADMIN, this::places);
    }

    private void show(Visit visit) {
        BuildingSettings settings = shop.settings();
        String project = visit.project().name();
        visit.page(
                Page.titled(visit.text("building.settings")).menu("building.menu.settings"),
                templates.buildingSettings(
                        visit,
                        settings.value(project, BuildingSettings.JOBS).orElse(""),
                        settings.value(project, BuildingSettings.TOKEN).orElse("read"),
                        settings.callable(project),
                        settings.value("", BuildingSettings.JOBS).orElse(""),
                        settings.all()));
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

    private void put(Visit visit, String project, Map<String, String> values) {
        String by = visit.caller().account();
        shop.spine()
                .store()
                .update(tx -> {
                    values.forEach((name, value) -> shop.settings().put(tx, project, name, value));
                    shop.spine()
                            .journal()
                            .append(
                                    tx,
                                    new Draft(
                                            visit.project().name(),
                                            Subject.of("account", by),
                                            by,
                                            new Fact.AuditRecorded(
                                                    "building.settings.changed", project, values)));
                });
        conductor.settingsChanged();
        visit.notice("building.settings.saved");
        visit.redirect("/projects/" + visit.project().name() + "/building/settings");
    }
}
