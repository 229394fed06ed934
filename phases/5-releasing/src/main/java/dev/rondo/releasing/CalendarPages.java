package dev.rondo.releasing;

import dev.rondo.access.Outcome;
import dev.rondo.phase.Spine;
import dev.rondo.releasing.pages.Templates;
import dev.rondo.releasing.view.CalendarView;
import dev.rondo.store.Micros;
import dev.rondo.web.Field;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Parts;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** The calendar: a month with its releases, and the freezes. */
final class CalendarPages {

    static final String MENU = "releasing.menu.calendar";
    private static final long FOREVER = Long.MAX_VALUE;

    private final Spine spine;
    private final Templates templates;
    private final ReleaseActions actions;

    CalendarPages(Spine spine, Templates templates, ReleaseActions actions) {
        this.spine = spine;
        this.templates = templates;
        this.actions = actions;
    }

    void routes(Routes routes) {
        var base = "/projects/{project}/releasing";
        routes.get(base + "/calendar", May.READ, this::show);
        routes.post(base + "/freezes", May.OWN, this::freeze);
        routes.post(base + "/freezes/{id}/end", May.OWN, this::thaw);
    }

    private void show(Visit visit) {
        var month = month(visit);
        var project = visit.project().name();
        var zone = visit.zone();
        var grid = new MonthGrid(month, zone, visit.locale());
        var view =
                spine.store()
                        .read(sql -> {
                            var releases =
                                    ReleaseStore.between(sql, project, grid.from(), grid.to());
                            var shown = FreezeStore.between(sql, project, grid.from(), grid.to());
                            var coming = FreezeStore.between(sql, project, Micros.now(), FOREVER);
                            return new CalendarView(
                                    grid.title(),
                                    ReleaseViews.base(project),
                                    month.minusMonths(1).toString(),
                                    month.plusMonths(1).toString(),
                                    grid.weekdays(),
                                    grid.weeks(releases, shown, LocalDate.now(zone)),
                                    coming.stream().map(CalendarPages::line).toList(),
                                    visit.may(May.OWN),
                                    environments(visit, ReleaseStore.page(sql, project, "", 1)),
                                    LocalDate.now(zone).toString());
                        });
        visit.page(
                Page.titled(visit.text(MENU)).menu(MENU).style(ReleasePages.STYLE),
                Parts.live(visit, templates.calendar(visit, view)));
    }

    private static YearMonth month(Visit visit) {
        try {
            return visit.query("month")
                    .map(YearMonth::parse)
                    .orElseGet(() -> YearMonth.now(visit.zone()));
        } catch (DateTimeException e) {
            throw Refusal.of("releasing.calendar.month", visit.param("month"))
                    .at("month")
                    .status(400)
                    .asException();
        }
    }

    private static CalendarView.FreezeLine line(Freeze freeze) {
        return new CalendarView.FreezeLine(
                freeze.id(),
                freeze.title(),
                freeze.environment(),
                Micros.toInstant(freeze.startsAt()),
                Micros.toInstant(freeze.endsAt()),
                freeze.madeBy(),
                freeze.covers(freeze.environment(), Micros.now()));
    }

    private static List<Field.Choice> environments(Visit visit, List<Release> last) {
        var choices = new ArrayList<Field.Choice>();
        choices.add(new Field.Choice("", visit.text("releasing.freeze.all")));
        last.stream()
                .flatMap(release -> release.content().rules().stream())
                .forEach(rule -> choices.add(new Field.Choice(rule.name(), rule.name())));
        return choices;
    }

    private void freeze(Visit visit) {
        var wanted =
                new Freeze(
                        "",
                        visit.param("title").strip(),
                        visit.param("environment"),
                        Micros.of(start(visit, "from")),
                        Micros.of(end(visit, "until")),
                        visit.caller().account());
        switch (actions.freeze(visit.caller(), visit.project().name(), wanted)) {
            case Outcome.Done<Freeze> done -> {
                visit.notice("releasing.freeze.made", done.value().title());
                visit.redirect(ReleaseViews.base(visit.project().name()) + "/calendar");
            }
            case Outcome.Refused<Freeze> refused -> {
                var refusal = Refusal.of(refused);
                visit.refuse(refusal.field().equals("endsAt") ? refusal.at("until") : refusal);
            }
        }
    }

    /** Dates are whole days in the zone of whoever writes them; the last one is included. */
    private static Instant start(Visit visit, String field) {
        return date(visit, field).atStartOfDay(visit.zone()).toInstant();
    }

    private static Instant end(Visit visit, String field) {
        return date(visit, field).plusDays(1).atStartOfDay(visit.zone()).toInstant();
    }

    private static LocalDate date(Visit visit, String field) {
        try {
            var date = LocalDate.parse(visit.param(field));
            if (date.getYear() >= 2000 && date.getYear() < 2200) {
                return date;
            }
        } catch (DateTimeException e) {
            // Refused below, like a date that is out of all reason.
        }
        throw Refusal.of("releasing.freeze.date", visit.param(field)).at(field).asException();
    }

    private void thaw(Visit visit) {
        if (!actions.thaw(visit.caller(), visit.project().name(), visit.param("id"))) {
            throw visit.missing();
        }
        visit.notice("releasing.freeze.ended");
        visit.redirect(ReleaseViews.base(visit.project().name()) + "/calendar");
    }
}
