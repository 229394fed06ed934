package dev.rondo.operating;

import dev.rondo.access.Accounts;
import dev.rondo.access.Member;
import dev.rondo.access.Projects;
import dev.rondo.operating.Incident.Place;
import dev.rondo.operating.Service.Care;
import dev.rondo.operating.view.ServiceRow;
import dev.rondo.operating.view.ServiceView;
import dev.rondo.phase.Spine;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Parts;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The list of services, the page of one in an environment, and who cares for it. */
final class ServicePages {

    private static final int LONGEST_WAIT_MINUTES = 24 * 60;
    private static final int MOST_OWNERS = 20;
    private static final int INCIDENTS = 10;

    private final Spine spine;
    private final IncidentReads reads;

    ServicePages(Spine spine, IncidentReads reads) {
        this.spine = spine;
        this.reads = reads;
    }

    void routes(Routes routes) {
        var list = "/projects/{project}/operating/services";
        routes.get(list, May.READ, this::list);
        routes.get(list + "/{service}/{environment}", May.READ, v -> show(v, Optional.empty()));
        routes.post(list + "/{service}/{environment}/care", May.OWN, this::care);
        routes.get("/api" + list + "/{service}/{environment}", May.READ, this::showJson);
        routes.put("/api" + list + "/{service}/{environment}/care", May.OWN, this::putCare);
    }

    static String path(String project) {
        return "/projects/" + project + "/operating/services";
    }

    private void list(Visit visit) {
        var project = visit.project().name();
        var rows =
                spine.store()
                        .read(sql ->
                                ServiceStore.list(sql, project).stream()
                                        .map(service -> row(sql, service, visit.locale()))
                                        .toList());
        visit.page(
                Page.titled(visit.text("operating.services")).menu("operating.menu.services"),
                Parts.live(visit, IncidentPages.TEMPLATES.services(visit, rows)));
    }

    private ServiceRow row(Handle sql, Service service, Locale language) {
        var open = IncidentStore.open(sql, service.project(), service.place());
        return new ServiceRow(
                service.place().service(),
                service.place().environment(),
                service.version(),
                service.commit(),
                service.deployedAt(),
                Roster.onCall(sql, service).orElse(""),
                open.stream().map(incident -> reads.row(incident, language)).toList());
    }

    private void show(Visit visit, Optional<Refusal> refusal) {
        var service = service(visit);
        var view = spine.store().read(sql -> view(sql, service, visit.locale()));
        var subject = Incidents.subject(service.place());
        visit.page(
                Page.titled(service.place().service() + " · " + service.place().environment())
                        .trail(visit.text("operating.services"), path(visit.project().name()))
                        .menu("operating.menu.services")
                        .status(refusal.map(Refusal::status).orElse(200)),
                Parts.live(
                        visit,
                        subject,
                        IncidentPages.TEMPLATES.service(
                                visit, view, refusal, Parts.panels(visit, subject))));
    }

    private ServiceView view(Handle sql, Service service, Locale language) {
        var care = service.care();
        return new ServiceView(
                row(sql, service, language),
                new ServiceView.CareView(
                        Roster.owners(sql, service),
                        String.join(" ", care.owners()),
                        care.onCall(),
                        care.escalation(),
                        care.escalateAfterMinutes(),
                        care.runbook()),
                IncidentStore.of(sql, service.project(), service.place(), INCIDENTS).stream()
                        .map(incident -> reads.row(incident, language))
                        .toList(),
                Projects.members(sql, service.project()).stream().map(Member::account).toList());
    }

    private Service service(Visit visit) {
        var place = new Place(visit.param("service"), visit.param("environment"));
        return spine.store()
                .read(sql -> ServiceStore.find(sql, visit.project().name(), place))
                .orElseThrow(visit::missing);
    }

    private void care(Visit visit) {
        var service = service(visit);
        var care =
                new Care(
                        names(visit.param("owners")),
                        visit.param("onCall").strip(),
                        visit.param("escalation").strip(),
                        visit.number("escalateAfterMinutes"),
                        visit.param("runbook").strip());
        var refusal = spine.store().read(sql -> refusal(sql, visit.project().name(), care));
        if (refusal.isPresent()) {
            if (visit.wantsJson()) {
                visit.refuse(refusal.get());
            } else {
                show(visit, refusal);
            }
            return;
        }
        spine.store()
                .update(tx -> ServiceStore.care(tx, visit.project().name(), service.place(), care));
        visit.notice("operating.care.saved");
        visit.redirect(
                path(visit.project().name())
                        + "/"
                        + service.place().service()
                        + "/"
                        + service.place().environment());
    }

    private void showJson(Visit visit) {
        var service = service(visit);
        visit.json(spine.store().read(sql -> view(sql, service, visit.locale())));
    }

    /** What is absent takes its usual value. */
    record Wish(
            @Nullable List<String> owners,
            @Nullable String onCall,
            @Nullable String escalation,
            @Nullable Long escalateAfterMinutes,
            @Nullable String runbook) {

        Care care() {
            return new Care(
                    owners == null ? List.of() : owners.stream().distinct().toList(),
                    text(onCall),
                    text(escalation),
                    escalateAfterMinutes == null
                            ? Care.UNSAID.escalateAfterMinutes()
                            : escalateAfterMinutes,
                    text(runbook));
        }

        private static String text(@Nullable String text) {
            return text == null ? "" : text.strip();
        }
    }

    private void putCare(Visit visit) {
        var service = service(visit);
        var project = visit.project().name();
        var care = visit.body(Wish.class).care();
        var refusal = spine.store().read(sql -> refusal(sql, project, care));
        if (refusal.isPresent()) {
            visit.refuse(refusal.get());
            return;
        }
        spine.store().update(tx -> ServiceStore.care(tx, project, service.place(), care));
        showJson(visit);
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.strip().split("[\\s,]+"))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static Optional<Refusal> refusal(Handle sql, String project, Care care) {
        if (care.owners().size() > MOST_OWNERS) {
            return Optional.of(Refusal.of("operating.owners.many", MOST_OWNERS).at("owners"));
        }
        if (care.escalateAfterMinutes() < 0 || care.escalateAfterMinutes() > LONGEST_WAIT_MINUTES) {
            return Optional.of(
                    Refusal.of("operating.escalation.invalid", LONGEST_WAIT_MINUTES)
                            .at("escalateAfterMinutes"));
        }
        if (!care.runbook().isEmpty() && !care.runbook().matches("(https?://|/)\\S{1,500}")) {
            return Optional.of(Refusal.of("operating.runbook.invalid").at("runbook"));
        }
        return stranger(sql, project, care.owners(), "owners")
                .or(() -> stranger(sql, project, one(care.onCall()), "onCall"))
                .or(() -> stranger(sql, project, one(care.escalation()), "escalation"));
    }

    private static List<String> one(String name) {
        return name.isEmpty() ? List.of() : List.of(name);
    }

    /** Only who can see the project can look after its services. */
    private static Optional<Refusal> stranger(
            Handle sql, String project, List<String> names, String field) {
        Set<String> members = new LinkedHashSet<>();
        Projects.members(sql, project).forEach(member -> members.add(member.account()));
        return names.stream()
                .filter(name -> !members.contains(name) && !administrator(sql, name))
                .findFirst()
                .map(name -> Refusal.of("operating.person.unknown", name).at(field));
    }

    private static boolean administrator(Handle sql, String name) {
        return Accounts.find(sql, name).filter(account -> account.admin()).isPresent();
    }
}
