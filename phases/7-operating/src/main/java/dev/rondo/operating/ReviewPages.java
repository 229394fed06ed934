package dev.rondo.operating;

import dev.rondo.journal.Subject;
import dev.rondo.operating.view.IncidentView;
import dev.rondo.operating.view.ReviewView;
import dev.rondo.phase.Spine;
import dev.rondo.web.Markdown;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import gg.jte.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The review after an incident: it starts from facts, people write the rest. */
final class ReviewPages {

    private static final int LONGEST_PART = 20_000;

    private final Spine spine;
    private final IncidentPages pages;
    private final IncidentReads reads;

    ReviewPages(Spine spine, IncidentPages pages, IncidentReads reads) {
        this.spine = spine;
        this.pages = pages;
        this.reads = reads;
    }

    void routes(Routes routes) {
        var path = "/projects/{project}/operating/incidents/{number}/review";
        routes.get(path, May.READ, this::show);
        routes.post(path, May.WRITE, this::save);
        routes.get("/api" + path, May.READ, this::showJson);
        routes.put("/api" + path, May.WRITE, this::put);
    }

    private void show(Visit visit) {
        var incident = pages.incident(visit);
        var saved = saved(visit, incident);
        var view = spine.store().read(sql -> reads.view(sql, incident, visit));
        page(
                visit,
                incident,
                saved.orElseGet(() -> started(visit, incident, view)),
                Optional.empty());
    }

    private Optional<ReviewView> saved(Visit visit, Incident incident) {
        return spine.store()
                .read(sql -> ReviewStore.find(sql, visit.project().name(), incident.number()));
    }

    /** What the journal knows already: nobody should have to write it down again. */
    private ReviewView started(Visit visit, Incident incident, IncidentView view) {
        var times = visit.times();
        var summary = new StringBuilder();
        summary.append(
                visit.text(
                        "operating.review.fact.detected",
                        times.exact(incident.times().detected()),
                        view.row().title()));
        line(summary, visit, incident, incident.times().acknowledged(), "acknowledged");
        line(summary, visit, incident, incident.times().mitigated(), "mitigated");
        line(summary, visit, incident, incident.times().resolved(), "resolved");
        var impact = new StringBuilder();
        view.evidence().sentences().forEach(text -> impact.append("- ").append(text).append('\n'));
        var cause = new StringBuilder();
        if (!incident.suspect().version().isEmpty()) {
            cause.append(
                    visit.text(
                            "operating.review.fact.version",
                            incident.suspect().version(),
                            Sentences.shortened(incident.suspect().commit())));
        }
        var improve = new StringBuilder();
        view.followUps().forEach(ticket -> improve.append("- #").append(ticket).append('\n'));
        return new ReviewView(
                summary.toString(),
                impact.toString().strip(),
                cause.toString(),
                "",
                improve.toString().strip(),
                "",
                Instant.EPOCH,
                0);
    }

    private static void line(
            StringBuilder text, Visit visit, Incident incident, Instant at, String step) {
        if (!at.equals(Instant.EPOCH)) {
            var after = Duration.between(incident.times().detected(), at);
            text.append('\n')
                    .append(
                            visit.text(
                                    "operating.review.fact." + step,
                                    visit.times().duration(after)));
        }
    }

    /** What was saved, or what it would start from; edition 0 is not saved yet. */
    private void showJson(Visit visit) {
        var incident = pages.incident(visit);
        var view = spine.store().read(sql -> reads.view(sql, incident, visit));
        visit.json(saved(visit, incident).orElseGet(() -> started(visit, incident, view)));
    }

    /** What a program says; the edition is the one that it read. */
    record Wish(
            @Nullable String summary,
            @Nullable String impact,
            @Nullable String rootCause,
            @Nullable String wentWell,
            @Nullable String toImprove,
            long edition) {}

    private void put(Visit visit) {
        var incident = pages.incident(visit);
        var wish = visit.body(Wish.class);
        var review =
                new ReviewView(
                        text(wish.summary()),
                        text(wish.impact()),
                        text(wish.rootCause()),
                        text(wish.wentWell()),
                        text(wish.toImprove()),
                        visit.caller().account(),
                        Instant.now(),
                        wish.edition());
        var refusal = refusal(review).or(() -> kept(visit, incident, review));
        if (refusal.isPresent()) {
            visit.refuse(refusal.get());
        } else {
            visit.json(saved(visit, incident).orElseThrow());
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Saves, unless somebody else did so meanwhile. */
    private Optional<Refusal> kept(Visit visit, Incident incident, ReviewView review) {
        boolean saved =
                spine.store()
                        .write(tx ->
                                ReviewStore.save(
                                        tx, incident.project(), incident.number(), review));
        return saved
                ? Optional.empty()
                : saved(visit, incident)
                        .map(other ->
                                Refusal.conflict("operating.review.conflict", other.editedBy()));
    }

    private void page(
            Visit visit, Incident incident, ReviewView review, Optional<Refusal> refusal) {
        var path = IncidentPages.path(visit.project().name(), incident.number());
        var title = visit.text("operating.review", incident.number());
        Map<String, Content> written = new LinkedHashMap<>();
        written.put("summary", markdown(visit, review.summary()));
        written.put("impact", markdown(visit, review.impact()));
        written.put("rootCause", markdown(visit, review.rootCause()));
        written.put("wentWell", markdown(visit, review.wentWell()));
        written.put("toImprove", markdown(visit, review.toImprove()));
        boolean edit =
                visit.may(May.WRITE)
                        && (review.edition() == 0
                                || refusal.isPresent()
                                || visit.query("edit").isPresent());
        visit.page(
                Page.titled(title)
                        .trail(visit.text("operating.incidents"), IncidentPages.path(visit))
                        .trail("!" + incident.number(), path)
                        .menu("operating.menu.incidents")
                        .status(refusal.map(Refusal::status).orElse(200)),
                IncidentPages.TEMPLATES.review(
                        visit,
                        reads.row(incident, visit.locale()),
                        review,
                        written,
                        edit,
                        refusal));
    }

    private static Content markdown(Visit visit, String text) {
        return Markdown.content(text, mentions(visit));
    }

    private static Markdown.Mentions mentions(Visit visit) {
        return new Markdown.Mentions() {
            @Override
            public Optional<String> ticket(long number) {
                return visit.link(Subject.of("ticket", number));
            }

            @Override
            public Optional<String> commit(String id) {
                return visit.link(Subject.of("change", id));
            }
        };
    }

    private void save(Visit visit) {
        var incident = pages.incident(visit);
        var review =
                new ReviewView(
                        visit.param("summary"),
                        visit.param("impact"),
                        visit.param("rootCause"),
                        visit.param("wentWell"),
                        visit.param("toImprove"),
                        visit.caller().account(),
                        Instant.now(),
                        visit.number("edition"));
        var refusal = refusal(review).or(() -> kept(visit, incident, review));
        if (refusal.isEmpty()) {
            visit.notice("operating.review.saved");
            visit.redirect(
                    IncidentPages.path(visit.project().name(), incident.number()) + "/review");
            return;
        }
        page(visit, incident, review, refusal);
    }

    private static Optional<Refusal> refusal(ReviewView review) {
        var parts = new LinkedHashMap<String, String>();
        parts.put("summary", review.summary());
        parts.put("impact", review.impact());
        parts.put("rootCause", review.rootCause());
        parts.put("wentWell", review.wentWell());
        parts.put("toImprove", review.toImprove());
        return parts.entrySet().stream()
                .filter(part -> part.getValue().length() > LONGEST_PART)
                .findFirst()
                .map(part -> Refusal.of("operating.text.long", LONGEST_PART).at(part.getKey()));
    }
}
