package dev.rondo.coding;

import dev.rondo.access.Outcome;
import dev.rondo.web.Field;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Parts;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an owner says about the repository: how large a push may be. */
final class SettingsPages {

    static final String MENU = "coding.menu.settings";
    private static final String PATH = "/projects/{project}/coding/settings";
    private static final String API = "/api/projects/{project}/repository";

    private final PushLimits limits;
    private final Looks looks = new Looks();

    SettingsPages(PushLimits limits) {
        this.limits = limits;
    }

    void routes(Routes routes) {
        routes.get(PATH, May.OWN, visit -> form(visit, Optional.empty()));
        routes.post(PATH, May.OWN, this::save);
        routes.get(API, May.READ, this::show);
        routes.put(API, May.OWN, this::put);
    }

    private void form(Visit visit, Optional<Refusal> refusal) {
        var own = limits.own(visit.project().name()).map(PushLimits::mebibytes).orElse("");
        var field =
                Field.number("maxPush", "coding.limit.label")
                        .hint("coding.limit.hint")
                        .value(refusal.isPresent() ? visit.param("maxPush") : own)
                        .error(visit, refusal);
        visit.page(
                Page.titled(visit.text("coding.settings.title"))
                        .menu(MENU)
                        .status(refusal.map(Refusal::status).orElse(200)),
                looks.templates()
                        .settings(
                                visit,
                                Parts.field(visit, field),
                                Looks.size(visit, limits.most())));
    }

    private void save(Visit visit) {
        Optional<Long> bytes =
                visit.form("maxPush").isEmpty()
                        ? Optional.empty()
                        : Optional.of(Math.clamp(visit.number("maxPush"), -1, 1L << 40) << 20);
        switch (limits.set(visit.caller(), visit.project(), bytes)) {
            case Outcome.Done<Long> done -> {
                visit.notice("coding.settings.saved");
                visit.redirect("/projects/" + visit.project().name() + "/coding/settings");
            }
            case Outcome.Refused<Long> refused -> form(visit, Optional.of(Refusal.of(refused)));
        }
    }

    /** {@code maxPushBytes} null for as much as the installation allows. */
    record Wish(@Nullable Long maxPushBytes) {}

    private void show(Visit visit) {
        var project = visit.project();
        visit.json(
                Map.of(
                        "defaultBranch",
                        project.defaultBranch(),
                        "maxPushBytes",
                        limits.of(project.name()),
                        "mostPushBytes",
                        limits.most()));
    }

    private void put(Visit visit) {
        var wish = Optional.ofNullable(visit.body(Wish.class).maxPushBytes());
        switch (limits.set(visit.caller(), visit.project(), wish)) {
            case Outcome.Done<Long> done -> show(visit);
            case Outcome.Refused<Long> refused -> visit.refuse(Refusal.of(refused));
        }
    }
}
