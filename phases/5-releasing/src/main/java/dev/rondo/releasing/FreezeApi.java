package dev.rondo.releasing;

import dev.rondo.access.Outcome;
import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Freezes as JSON: what the calendar's form can do, to the second. */
final class FreezeApi {

    private static final String BASE = "/api/projects/{project}/freezes";
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final Duration USUAL = Duration.ofDays(366);

    private final Spine spine;
    private final ReleaseActions actions;

    FreezeApi(Spine spine, ReleaseActions actions) {
        this.spine = spine;
        this.actions = actions;
    }

    void routes(Routes routes) {
        routes.get(BASE, May.READ, this::list);
        routes.post(BASE, May.OWN, this::create);
        routes.delete(BASE + "/{id}", May.OWN, this::delete);
    }

    /** Times are ISO-8601; {@code environment} is empty for all, {@code endsAt} not included. */
    record FreezeJson(
            String id,
            String title,
            String environment,
            String startsAt,
            String endsAt,
            String madeBy,
            boolean active) {

        static FreezeJson of(Freeze freeze, long now) {
            return new FreezeJson(
                    freeze.id(),
                    freeze.title(),
                    freeze.environment(),
                    Micros.toInstant(freeze.startsAt()).toString(),
                    Micros.toInstant(freeze.endsAt()).toString(),
                    freeze.madeBy(),
                    freeze.covers(freeze.environment(), now));
        }
    }

    record Wish(
            @Nullable String title,
            @Nullable String environment,
            @Nullable String startsAt,
            @Nullable String endsAt) {}

    /** {@code ?from=&until=}; without them from now on, a year ahead. */
    private void list(Visit visit) {
        var now = Micros.now();
        var from =
                visit.query("from").map(text -> time(text, "from")).orElse(Micros.toInstant(now));
        var until = visit.query("until").map(text -> time(text, "until")).orElse(from.plus(USUAL));
        var found =
                spine.store()
                        .read(sql ->
                                FreezeStore.between(
                                        sql,
                                        visit.project().name(),
                                        Micros.of(from),
                                        Micros.of(until)));
        visit.json(
                Map.of(
                        "freezes",
                        found.stream().map(freeze -> FreezeJson.of(freeze, now)).toList()));
    }

    private void create(Visit visit) {
        var wish = visit.body(Wish.class);
        var freeze =
                new Freeze(
                        "",
                        text(wish.title()),
                        text(wish.environment()),
                        Micros.of(time(text(wish.startsAt()), "startsAt")),
                        Micros.of(time(text(wish.endsAt()), "endsAt")),
                        visit.caller().account());
        switch (actions.freeze(visit.caller(), visit.project().name(), freeze)) {
            case Outcome.Done<Freeze> done ->
                    visit.json(201, FreezeJson.of(done.value(), Micros.now()));
            case Outcome.Refused<Freeze> refused -> visit.refuse(Refusal.of(refused));
        }
    }

    private void delete(Visit visit) {
        if (!actions.thaw(visit.caller(), visit.project().name(), visit.param("id"))) {
            throw visit.missing();
        }
        visit.http().status(204);
    }

    private static String text(@Nullable String text) {
        return Optional.ofNullable(text).orElse("").strip();
    }

    private static Instant time(String text, String field) {
        try {
            var time = Instant.parse(text);
            if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            // Refused below, like a time that is out of all reason.
        }
        throw Refusal.of("releasing.freeze.time", text).at(field).status(400).asException();
    }
}
