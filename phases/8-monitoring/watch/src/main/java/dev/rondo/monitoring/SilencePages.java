package dev.rondo.monitoring;

import dev.rondo.access.Outcome;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Subject;
import dev.rondo.monitoring.pages.Templates;
import dev.rondo.monitoring.view.SilencesView;
import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Silences of alerts: which last, which have ended, a new one, and the end of one. */
final class SilencePages {

    private static final String PATH = "/projects/{project}/monitoring/silences";
    private static final List<Integer> HOURS = List.of(1, 2, 4, 8, 24, 72, 168, 720);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int COMMENT = 500;

    private final Store store;
    private final Journal journal;
    private final Templates templates;
    private final Runnable changed;

    SilencePages(Store store, Journal journal, Templates templates, Runnable changed) {
        this.store = store;
        this.journal = journal;
        this.templates = templates;
        this.changed = changed;
    }

    void routes(Routes routes) {
        routes.get(PATH, May.READ, visit -> show(visit, Optional.empty()));
        routes.post(PATH, May.WRITE, this::create);
        routes.post(PATH + "/{id}/end", May.WRITE, this::end);
        routes.get(
                "/api" + PATH, May.READ, visit -> visit.json(Map.of("silences", lasting(visit))));
        routes.post("/api" + PATH, May.WRITE, this::createByApi);
        routes.delete("/api" + PATH + "/{id}", May.WRITE, this::endByApi);
    }

    private static String path(Visit visit) {
        return "/projects/" + visit.project().name() + "/monitoring/silences";
    }

    private void show(Visit visit, Optional<Refusal> refusal) {
        var project = visit.project().name();
        var now = Micros.now();
        var ended = store.read(sql -> SilenceStore.ended(sql, project, now));
        var view =
                new SilencesView(
                        lasting(visit),
                        ended.stream().map(silence -> line(silence, 0)).toList(),
                        HOURS,
                        Matchers.LABELS,
                        visit.zone().getId());
        visit.page(
                Page.titled(visit.text("monitoring.silences.title"))
                        .trail(
                                visit.text("monitoring.alerts.title"),
                                "/projects/" + project + "/monitoring/alerts")
                        .menu("monitoring.menu.alerts")
                        .status(refusal.map(Refusal::status).orElse(200)),
                templates.silences(visit, refusal, view));
    }

    private List<SilencesView.Line> lasting(Visit visit) {
        var project = visit.project().name();
        var now = Micros.now();
        var silences = store.read(sql -> SilenceStore.lasting(sql, project, now));
        var alerts = store.read(sql -> AlertStore.active(sql, project));
        return silences.stream()
                .map(silence ->
                        line(
                                silence,
                                alerts.stream()
                                        .filter(row ->
                                                Silence.of(row, List.of(silence), now).isPresent())
                                        .count()))
                .toList();
    }

    private static SilencesView.Line line(Silence silence, long alerts) {
        return new SilencesView.Line(
                silence.id(),
                silence.matchers().text(),
                silence.comment(),
                silence.account(),
                Micros.toInstant(silence.createdAt()),
                Micros.toInstant(silence.endsAt()),
                silence.endedBy(),
                alerts);
    }

    /** What is asked for; {@code until} in ISO 8601 wins over {@code hours}. */
    record Wish(
            @Nullable String matchers,
            @Nullable String comment,
            @Nullable String until,
            @Nullable Double hours) {}

    private void create(Visit visit) {
        var hours = visit.form("hours").filter(text -> text.matches("[0-9]{1,5}"));
        var wish =
                new Wish(
                        visit.param("matchers"),
                        visit.param("comment"),
                        visit.param("until"),
                        hours.map(Double::valueOf).orElse(null));
        switch (created(visit, wish)) {
            case Outcome.Done<Silence> done -> {
                visit.notice("monitoring.silence.created");
                visit.redirect(path(visit));
            }
            case Outcome.Refused<Silence> refused -> show(visit, Optional.of(Refusal.of(refused)));
        }
    }

    private void createByApi(Visit visit) {
        switch (created(visit, visit.body(Wish.class))) {
            case Outcome.Done<Silence> done -> visit.json(201, line(done.value(), 0));
            case Outcome.Refused<Silence> refused -> visit.refuse(Refusal.of(refused));
        }
    }

    private Outcome<Silence> created(Visit visit, Wish wish) {
        var comment = wish.comment() == null ? "" : wish.comment().strip();
        var now = Instant.now();
        var until = until(visit, wish, now);
        return switch (Matchers.read(wish.matchers() == null ? "" : wish.matchers())) {
            case Outcome.Refused<Matchers> bad ->
                    Outcome.refused(bad.key(), bad.field(), bad.args().toArray());
            case Outcome.Done<Matchers> good -> {
                if (until.isEmpty()) {
                    yield Outcome.refused("monitoring.silence.until", "until", LONGEST.toDays());
                }
                if (comment.isEmpty() || comment.length() > COMMENT) {
                    yield Outcome.refused("monitoring.silence.comment", "comment", COMMENT);
                }
                var silence =
                        new Silence(
                                Ids.next(),
                                visit.project().name(),
                                good.value(),
                                comment,
                                visit.caller().account(),
                                Micros.of(now),
                                Micros.of(until.get()),
                                "");
                yield add(silence);
            }
        };
    }

    private Outcome<Silence> add(Silence silence) {
        return store.write(tx -> {
            if (!SilenceStore.add(tx, silence)) {
                return Outcome.<Silence>refused(
                        "monitoring.silence.many", "matchers", SilenceStore.MOST);
            }
            var what = silence.matchers().text();
            audit(tx, silence.project(), silence.account(), "silence.created", silence.id(), what);
            tx.afterCommit(changed);
            return Outcome.done(silence);
        });
    }

    private void audit(
            Tx tx, String project, String by, String action, String id, String matchers) {
        journal.append(
                tx,
                new Draft(
                        project,
                        Subject.of("silence", id),
                        by,
                        new Fact.AuditRecorded(action, matchers, Map.of("silence", id))));
    }

    /** In the future and at most a year away; empty for all else. */
    private static Optional<Instant> until(Visit visit, Wish wish, Instant now) {
        var text = wish.until() == null ? "" : wish.until().strip();
        return read(visit, text)
                .or(() ->
                        text.isEmpty() && wish.hours() != null
                                ? Optional.of(
                                        now.plusSeconds((long) Math.min(1e9, wish.hours() * 3600)))
                                : Optional.empty())
                .filter(at -> at.isAfter(now) && at.isBefore(now.plus(LONGEST).plusSeconds(60)));
    }

    /** With a zone as it stands, without one in the reader's. */
    private static Optional<Instant> read(Visit visit, String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            text.endsWith("Z")
                                    ? Instant.parse(text)
                                    : LocalDateTime.parse(text).atZone(visit.zone()).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private void end(Visit visit) {
        ended(visit);
        visit.notice("monitoring.silence.ended");
        visit.redirect(path(visit));
    }

    private void endByApi(Visit visit) {
        ended(visit);
        visit.http().status(204);
    }

    private void ended(Visit visit) {
        var project = visit.project().name();
        var account = visit.caller().account();
        var id = visit.param("id");
        boolean done =
                store.write(tx -> {
                    var matchers = SilenceStore.end(tx, project, id, account, Micros.now());
                    matchers.ifPresent(what -> {
                        audit(tx, project, account, "silence.ended", id, what);
                        tx.afterCommit(changed);
                    });
                    return matchers.isPresent();
                });
        if (!done) {
            throw Refusal.of("monitoring.silence.unknown").status(404).asException();
        }
    }
}
