package dev.rondo.releasing;

import dev.rondo.access.Outcome;
import dev.rondo.phase.Spine;
import dev.rondo.releasing.pages.Templates;
import dev.rondo.releasing.view.ReleaseLine;
import dev.rondo.releasing.view.ReleasesView;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Paging;
import dev.rondo.web.Parts;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;

/** The list of releases and the page of one. */
final class ReleasePages {

    static final String MENU = "releasing.menu.releases";
    static final String STYLE = "releasing/releasing.css";
    private static final int ROWS = 25;

    private final Spine spine;
    private final Templates templates;
    private final ReleaseActions actions;
    private final Publications publications;
    private final Redrafting redrafting;
    private final ReleaseViews views;

    ReleasePages(
            Spine spine,
            Templates templates,
            ReleaseActions actions,
            Publications publications,
            Redrafting redrafting) {
        this.spine = spine;
        this.templates = templates;
        this.actions = actions;
        this.publications = publications;
        this.redrafting = redrafting;
        this.views = new ReleaseViews(spine, actions);
    }

    void routes(Routes routes) {
        var base = "/projects/{project}/releasing/releases";
        routes.get(base, May.READ, this::list);
        routes.post(base, May.WRITE, this::draft);
        routes.get(base + "/{version}", May.READ, this::show);
        // Whether somebody may approve is the environment's rule; the refusal says which.
        routes.post(base + "/{version}/approvals", May.READ, this::approve);
        routes.post(base + "/{version}/publication", May.WRITE, this::publish);
        routes.post(base + "/{version}/plan", May.WRITE, this::plan);
        routes.post(base + "/{version}/recall", May.OWN, this::recall);
    }

    private void list(Visit visit) {
        var project = visit.project().name();
        var paging = visit.paging(ROWS);
        var view =
                spine.store()
                        .read(sql -> {
                            var key = paging.key().orElse("");
                            var found =
                                    paging.backwards()
                                            ? ReleaseStore.pageAfter(
                                                    sql, project, key, paging.limit())
                                            : ReleaseStore.page(sql, project, key, paging.limit());
                            var places = GateStore.places(sql, project);
                            Paging.Slice<ReleaseLine> slice =
                                    paging.slice(found, Release::id)
                                            .map(release -> ReleaseViews.line(release, places));
                            var why = GateStore.last(sql, project).flatMap(GateStore.Gate::why);
                            return new ReleasesView(
                                    slice,
                                    ReleaseViews.base(project),
                                    why.map(w -> visit.text(w.key(), w.args().toArray()))
                                            .orElse(""),
                                    visit.may(May.WRITE));
                        });
        visit.page(
                Page.titled(visit.text(MENU)).menu(MENU).style(STYLE),
                Parts.live(visit, templates.releases(visit, view)));
    }

    private Release release(Visit visit) {
        var version = visit.param("version");
        return spine.store()
                .read(sql -> ReleaseStore.find(sql, visit.project().name(), version))
                .orElseThrow(
                        () -> Refusal.missing("releasing.release.missing", version).asException());
    }

    private void show(Visit visit) {
        var release = release(visit);
        visit.page(
                Page.titled(visit.text("releasing.release", release.version()))
                        .trail(visit.text(MENU), ReleaseViews.base(release.project()) + "/releases")
                        .menu(MENU)
                        .style(STYLE),
                Parts.live(
                        visit,
                        release.subject(),
                        templates.release(visit, views.view(visit, release), release.subject())));
    }

    private void draft(Visit visit) {
        var project = visit.project().name();
        answer(visit, redrafting.draft(project), ReleaseViews.base(project) + "/releases");
    }

    private void approve(Visit visit) {
        var version = visit.param("version");
        var done =
                actions.approve(
                        visit.caller(),
                        visit.project().name(),
                        version,
                        visit.param("environment"),
                        visit.param("comment").strip());
        if (done instanceof Outcome.Done<Approval> yes) {
            visit.notice("releasing.approved", version, yes.value().environment());
        }
        answer(visit, done, ReleaseViews.path(visit.project().name(), version));
    }

    private void publish(Visit visit) {
        var version = visit.param("version");
        var done =
                publications.publish(
                        visit.caller(), visit.project().name(), version, visit.param("reason"));
        if (done instanceof Outcome.Done<Release>) {
            visit.notice("releasing.published", version);
        }
        answer(visit, done, ReleaseViews.path(visit.project().name(), version));
    }

    private void plan(Visit visit) {
        var version = visit.param("version");
        var done =
                actions.plan(
                        visit.project().name(), version, visit.param("to"), visit.param("steps"));
        if (done instanceof Outcome.Done<Release>) {
            visit.notice("releasing.plan.saved");
        }
        answer(visit, done, ReleaseViews.path(visit.project().name(), version));
    }

    private void recall(Visit visit) {
        var version = visit.param("version");
        answer(
                visit,
                actions.recall(
                        visit.caller(), visit.project().name(), version, visit.param("reason")),
                ReleaseViews.path(visit.project().name(), version));
    }

    private static void answer(Visit visit, Outcome<?> outcome, String path) {
        switch (outcome) {
            case Outcome.Done<?> done -> visit.redirect(path);
            case Outcome.Refused<?> refused -> visit.refuse(refusal(refused));
        }
    }

    /** Who may not is 403, what is not there 404, the rest 422. */
    static Refusal refusal(Outcome.Refused<?> refused) {
        var refusal = Refusal.of(refused);
        return switch (refused.key()) {
            case "releasing.approve.role",
                    "releasing.approve.four-eyes",
                    "releasing.publish.override.owner" ->
                    refusal.status(403);
            case "releasing.release.missing" -> refusal.status(404);
            case "releasing.publish.frozen", "releasing.approve.again" -> refusal.status(409);
            default -> refusal;
        };
    }
}
