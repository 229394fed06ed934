package dev.rondo.loop;

import dev.rondo.access.Access;
import dev.rondo.access.Project;
import dev.rondo.loop.view.AuditView;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Paging;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** For administrators: who did what, when and from where. */
final class AuditPages {

    private static final int SIZE = 50;
    private static final int MOST_PROJECTS = 200;

    private final AuditLog log;
    private final Access access;

    AuditPages(AuditLog log, Access access) {
        this.log = log;
        this.access = access;
    }

    void routes(Routes routes) {
        routes.get("/admin/audit", May.ADMIN, this::page);
        routes.get("/api/admin/audit", May.ADMIN, this::json);
    }

    private void page(Visit visit) {
        var filter = filter(visit);
        var slice = slice(visit, filter);
        var projects =
                access.projects().visibleTo(visit.caller(), "", MOST_PROJECTS).stream()
                        .map(Project::name)
                        .toList();
        visit.page(
                Page.titled(visit.text("loop.audit.title"))
                        .style(HomePages.STYLE)
                        .menu("loop.menu.audit"),
                HomePages.TEMPLATES.audit(
                        visit, slice, new AuditView(filter, log.actions(), projects)));
    }

    private void json(Visit visit) {
        var slice = slice(visit, filter(visit));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("entries", slice.rows().stream().map(AuditPages::shown).toList());
        slice.after().ifPresent(after -> answer.put("after", after));
        visit.json(answer);
    }

    private static Map<String, Object> shown(AuditView.Entry entry) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("seq", entry.seq());
        shown.put("at", entry.at().toString());
        shown.put("actor", entry.actor());
        shown.put("action", entry.action());
        shown.put("target", entry.target());
        shown.put("project", entry.project());
        shown.put("address", entry.address());
        shown.put("details", entry.details());
        return shown;
    }

    private Paging.Slice<AuditView.Entry> slice(Visit visit, AuditView.Filter filter) {
        var paging = visit.paging(SIZE);
        if (paging.key().filter(key -> !key.matches("\\d{1,18}")).isPresent()) {
            throw Refusal.of("web.number.invalid", paging.key().get()).status(400).asException();
        }
        var wanted =
                new AuditLog.Wanted(
                        filter.actor(),
                        filter.action(),
                        filter.project(),
                        day(visit, "since", filter.since(), 0),
                        day(visit, "until", filter.until(), 1));
        return log.page(wanted, paging);
    }

    private static AuditView.Filter filter(Visit visit) {
        return new AuditView.Filter(
                asked(visit, "actor"),
                asked(visit, "action"),
                asked(visit, "project"),
                asked(visit, "since"),
                asked(visit, "until"));
    }

    private static String asked(Visit visit, String name) {
        return visit.query(name).orElse("").strip();
    }

    /** Where a day begins for the reader; the last one counts to its end. */
    private static Optional<Instant> day(Visit visit, String name, String date, int later) {
        if (date.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalDate.parse(date).plusDays(later).atStartOfDay(visit.zone()).toInstant());
        } catch (DateTimeParseException e) {
            throw Refusal.of("loop.audit.date", date).at(name).status(400).asException();
        }
    }
}
