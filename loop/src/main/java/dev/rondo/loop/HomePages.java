package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.journal.JournalReads;
import dev.rondo.loop.pages.DynamicTemplates;
import dev.rondo.loop.pages.StaticTemplates;
import dev.rondo.loop.pages.Templates;
import dev.rondo.loop.view.HomeView;
import dev.rondo.loop.view.ProjectsView;
import dev.rondo.phase.Phase;
import dev.rondo.phase.Spine;
import dev.rondo.phase.Standing;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Parts;
import dev.rondo.web.Reload;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The list of projects, and the home of one: the loop with what each phase holds right now. */
final class HomePages {

    private static final Logger LOG = LoggerFactory.getLogger(HomePages.class);

    /** The loop's own styles; every page of it names them. */
    static final String STYLE = "loop/loop.css";

    private static final int LATEST = 12;
    private static final int PROJECTS = 50;

    static final Templates TEMPLATES =
            Reload.templates("loop", StaticTemplates::new, DynamicTemplates::new);

    private final Spine spine;
    private final List<Phase> phases;

    HomePages(Spine spine, List<Phase> phases) {
        this.spine = spine;
        this.phases = phases;
    }

    void routes(Routes routes) {
        routes.get("/", May.SIGNED_IN, this::projects);
        routes.get("/projects", May.SIGNED_IN, this::projects);
        routes.get("/projects/{project}", May.READ, this::home);
        routes.get("/projects/{project}/home", May.READ, this::homeFragment);
    }

    private void projects(Visit visit) {
        var after = visit.query("after").orElse("");
        var projects =
                spine.access().projects().visibleTo(visit.caller(), after, PROJECTS + 1).stream()
                        .map(project ->
                                new ProjectsView.Line(
                                        project.name(),
                                        project.title(),
                                        project.description(),
                                        project.createdAt()))
                        .toList();
        boolean more = projects.size() > PROJECTS;
        var shown = more ? projects.subList(0, PROJECTS) : projects;
        visit.page(
                Page.titled(visit.text("loop.projects.title"))
                        .style(STYLE)
                        .actions(
                                Parts.button(
                                        visit.text("loop.projects.new"),
                                        "/projects/new",
                                        "primary")),
                TEMPLATES.projects(
                        visit, new ProjectsView(shown, more ? shown.getLast().name() : "")));
    }

    private void home(Visit visit) {
        visit.page(
                Page.titled(visit.project().title()).style(STYLE).menu("loop.menu.home").wide(),
                Parts.live(visit, TEMPLATES.home(visit, view(visit))));
    }

    private void homeFragment(Visit visit) {
        visit.fragment(TEMPLATES.home(visit, view(visit)));
    }

    private HomeView view(Visit visit) {
        var project = visit.project().name();
        return spine.store()
                .read(sql -> {
                    var parts = new ArrayList<HomeView.Part>();
                    phases.forEach(phase -> parts.add(part(visit, sql, phase)));
                    var latest =
                            JournalReads.before(sql, project, Long.MAX_VALUE, LATEST).stream()
                                    .map(event -> entry(visit, event))
                                    .toList();
                    return new HomeView(parts, latest);
                });
    }

    /** A phase that cannot say what it holds must not take the page with it. */
    private HomeView.Part part(Visit visit, Handle sql, Phase phase) {
        List<Standing> standings;
        try {
            standings = phase.holds(sql, visit.project().name());
        } catch (RuntimeException failed) {
            LOG.error("{} cannot say what it holds", phase.name(), failed);
            standings = List.of();
        }
        var path =
                phase.menu().isEmpty()
                        ? ""
                        : phase.menu()
                                .getFirst()
                                .path()
                                .replace("{project}", visit.project().name());
        return new HomeView.Part(
                phase.place(),
                visit.text("web.phase." + phase.place()),
                path,
                LyingEight.piece(phase.place()),
                standings.isEmpty() ? 0 : standings.getFirst().count(),
                standings.stream().map(standing -> line(visit, standing)).toList());
    }

    private static HomeView.Line line(Visit visit, Standing standing) {
        var args = new ArrayList<Object>();
        args.add(standing.count());
        args.addAll(standing.args());
        return new HomeView.Line(
                visit.text(standing.key(), args.toArray()),
                standing.tone().name().toLowerCase(Locale.ROOT),
                standing.href());
    }

    static HomeView.Entry entry(Visit visit, Event event) {
        return new HomeView.Entry(
                event.seq(),
                PhaseOfKind.place(event.kind()),
                visit.textOr("loop.kind." + event.kind(), event.kind()),
                Abouts.of(visit, event),
                visit.link(event.subject()).orElse(""),
                event.actor(),
                event.at());
    }
}
