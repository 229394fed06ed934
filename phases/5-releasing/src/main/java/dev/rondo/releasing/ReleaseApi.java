package dev.rondo.releasing;

import dev.rondo.access.Outcome;
import dev.rondo.journal.Fact;
import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import dev.rondo.web.Json;
import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Releases as JSON, for programs with a token. */
final class ReleaseApi {

    private static final int ROWS = 50;

    private final Spine spine;
    private final ReleaseActions actions;
    private final Publications publications;
    private final Redrafting redrafting;

    ReleaseApi(
            Spine spine, ReleaseActions actions, Publications publications, Redrafting redrafting) {
        this.spine = spine;
        this.actions = actions;
        this.publications = publications;
        this.redrafting = redrafting;
    }

    void routes(Routes routes) {
        var base = "/api/projects/{project}/releases";
        routes.get(base, May.READ, this::list);
        routes.post(base, May.WRITE, this::draft);
        routes.get(base + "/{version}", May.READ, this::show);
        routes.post(base + "/{version}/approvals", May.READ, this::approve);
        routes.post(base + "/{version}/publication", May.WRITE, this::publish);
        routes.put(base + "/{version}/plan", May.WRITE, this::plan);
        routes.post(base + "/{version}/recall", May.OWN, this::recall);
    }

    // ---- Shapes -------------------------------------------------------------------------------

    /** {@code next} is the value of {@code after} for the next page, or empty. */
    record ReleasesJson(List<ReleaseJson> releases, String next) {}

    /** Times are ISO-8601 or empty; {@code notes} is Markdown in the caller's language. */
    record ReleaseJson(
            String version,
            String state,
            String tag,
            String commit,
            String run,
            String why,
            String notes,
            List<Long> tickets,
            List<Fact.Artifact> artifacts,
            List<EnvironmentJson> environments,
            RollbackJson rollback,
            String draftedAt,
            String publishedAt,
            String publishedBy,
            String reason,
            String page) {}

    /** {@code open}: it may go there by itself now. */
    record EnvironmentJson(
            String name,
            int approvalsNeeded,
            List<ApprovalJson> approvals,
            boolean frozen,
            boolean open) {}

    record ApprovalJson(String environment, String by, String comment, String at) {}

    record RollbackJson(@Nullable String to, @Nullable String steps) {}

    record ApprovalWish(@Nullable String environment, @Nullable String comment) {}

    record ReasonWish(@Nullable String reason) {}

    // ---- Handlers -----------------------------------------------------------------------------

    private void list(Visit visit) {
        var project = visit.project().name();
        var after = visit.query("after").orElse("");
        var json =
                spine.store()
                        .read(sql -> {
                            var found = ReleaseStore.page(sql, project, after, ROWS + 1);
                            var rows = found.subList(0, Math.min(ROWS, found.size()));
                            return new ReleasesJson(
                                    rows.stream()
                                            .map(release ->
                                                    json(
                                                            visit,
                                                            Publications.check(
                                                                    sql, release, Micros.now())))
                                            .toList(),
                                    found.size() > ROWS ? rows.getLast().id() : "");
                        });
        visit.json(json);
    }

    private void show(Visit visit) {
        visit.json(
                find(visit)
                        .orElseThrow(() ->
                                Refusal.missing("releasing.release.missing", visit.param("version"))
                                        .asException()));
    }

    private Optional<ReleaseJson> find(Visit visit) {
        return spine.store()
                .read(sql ->
                        ReleaseStore.find(sql, visit.project().name(), visit.param("version"))
                                .map(r -> json(visit, Publications.check(sql, r, Micros.now()))));
    }

    private void draft(Visit visit) {
        answer(visit, redrafting.draft(visit.project().name()), 201);
    }

    private void approve(Visit visit) {
        var wish = visit.body(ApprovalWish.class);
        var done =
                actions.approve(
                        visit.caller(),
                        visit.project().name(),
                        visit.param("version"),
                        Optional.ofNullable(wish.environment()).orElse(""),
                        Optional.ofNullable(wish.comment()).orElse("").strip());
        switch (done) {
            case Outcome.Done<Approval> yes -> visit.json(201, json(yes.value()));
            case Outcome.Refused<Approval> refused -> visit.refuse(ReleasePages.refusal(refused));
        }
    }

    private void publish(Visit visit) {
        answer(
                visit,
                publications.publish(
                        visit.caller(),
                        visit.project().name(),
                        visit.param("version"),
                        reason(visit)),
                201);
    }

    private void plan(Visit visit) {
        var wish = visit.body(RollbackJson.class);
        answer(
                visit,
                actions.plan(
                        visit.project().name(),
                        visit.param("version"),
                        Optional.ofNullable(wish.to()).orElse(""),
                        Optional.ofNullable(wish.steps()).orElse("")),
                200);
    }

    private void recall(Visit visit) {
        answer(
                visit,
                actions.recall(
                        visit.caller(),
                        visit.project().name(),
                        visit.param("version"),
                        reason(visit)),
                201);
    }

    /** The body may be left out: there is nothing that must be said. */
    private static String reason(Visit visit) {
        var body = visit.http().body();
        return body.isBlank()
                ? ""
                : Optional.ofNullable(Json.read(body, ReasonWish.class).reason()).orElse("");
    }

    private void answer(Visit visit, Outcome<Release> outcome, int status) {
        switch (outcome) {
            case Outcome.Done<Release> done ->
                    visit.json(
                            status,
                            spine.store()
                                    .read(sql -> {
                                        var id = done.value().id();
                                        var now = ReleaseStore.byId(sql, id).orElseThrow();
                                        return json(
                                                visit, Publications.check(sql, now, Micros.now()));
                                    }));
            case Outcome.Refused<Release> refused -> visit.refuse(ReleasePages.refusal(refused));
        }
    }

    private ReleaseJson json(Visit visit, PublicationCheck check) {
        var release = check.release();
        var content = release.content();
        var life = release.life();
        return new ReleaseJson(
                release.version(),
                release.state().word(),
                release.tag(),
                release.commit(),
                release.run(),
                visit.text(content.why().key(), content.why().args().toArray()),
                new Notes(spine.texts(), visit.locale(), Notes.Addresses.NONE)
                        .write(content.changes()),
                content.tickets(),
                content.artifacts(),
                content.rules().stream().map(rule -> json(check, rule)).toList(),
                new RollbackJson(release.wayBack().to(), release.wayBack().steps()),
                time(life.draftedAt()),
                time(life.publishedAt()),
                life.publishedBy(),
                life.endedReason(),
                spine.publicUrl() + ReleaseViews.path(release.project(), release.version()));
    }

    private static EnvironmentJson json(PublicationCheck check, EnvironmentRule rule) {
        return new EnvironmentJson(
                rule.name(),
                rule.approvals(),
                check.approvals().stream()
                        .filter(approval -> approval.environment().equals(rule.name()))
                        .map(ReleaseApi::json)
                        .toList(),
                check.freeze(rule.name()).isPresent(),
                check.release().environments().contains(rule.name()));
    }

    private static ApprovalJson json(Approval approval) {
        return new ApprovalJson(
                approval.environment(), approval.account(), approval.remark(), time(approval.at()));
    }

    private static String time(long micros) {
        return micros == 0 ? "" : text(Micros.toInstant(micros));
    }

    private static String text(Instant at) {
        return at.toString();
    }
}
