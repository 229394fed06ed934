package dev.rondo.testing;

import dev.rondo.store.Store;
import dev.rondo.testing.pages.DynamicTemplates;
import dev.rondo.testing.pages.StaticTemplates;
import dev.rondo.testing.pages.Templates;
import dev.rondo.testing.view.GateView;
import dev.rondo.testing.view.RunLine;
import dev.rondo.testing.view.SearchView;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Refusal;
import dev.rondo.web.Reload;
import dev.rondo.web.Routes;
import dev.rondo.web.Texts;
import dev.rondo.web.Visit;
import java.util.List;
import java.util.Optional;

/** The pages of testing. */
final class TestingPages {
    static final Templates TEMPLATES =
            Reload.templates("phases/4-testing/gate", StaticTemplates::new, DynamicTemplates::new);

    private static final String ROOT = "/projects/{project}/testing";
    private static final int ROWS = 30;
    private static final int FOUND = 100;
    private static final int HISTORY = 50;

    private final Store store;
    private final Changes changes;
    private final GateBook gate;
    private final EvidenceWorker worker;
    private final Texts texts;

    TestingPages(Store store, Changes changes, GateBook gate, EvidenceWorker worker, Texts texts) {
        this.store = store;
        this.changes = changes;
        this.gate = gate;
        this.worker = worker;
        this.texts = texts;
    }

    void routes(Routes routes) {
        routes.get(ROOT, May.READ, this::overview);
        routes.get(ROOT + "/runs/{run}", May.READ, this::run);
        routes.get(ROOT + "/runs/{run}/source", May.READ, this::source);
        routes.post(ROOT + "/runs/{run}/decisions", May.WRITE, this::decide);
        routes.get(ROOT + "/tests", May.READ, this::search);
        routes.get(ROOT + "/tests/{test}", May.READ, this::test);
        routes.get(ROOT + "/gate", May.READ, this::gate);
    }

    static String root(Visit visit) {
        return "/projects/" + visit.project().name() + "/testing";
    }

    private Sentences say(Visit visit) {
        return Sentences.of(texts, visit.locale());
    }

    private void overview(Visit visit) {
        var project = visit.project().name();
        var paging = visit.paging(ROWS);
        var view = store.read(sql -> Views.overview(sql, project, paging, say(visit)));
        visit.page(
                Page.titled(visit.text("testing.title")).menu("testing.menu.tests"),
                TEMPLATES.overview(visit, view));
    }

    private void run(Visit visit) {
        var key = new RunKey(visit.project().name(), visit.param("run"));
        var view =
                store.read(sql ->
                                PageReads.line(sql, key)
                                        .map(line ->
                                                Views.evidence(sql, key, line, visit, say(visit))))
                        .orElseThrow(visit::missing);
        visit.page(
                Page.titled(visit.text("testing.run.title", view.run().number()))
                        .trail(visit.text("testing.title"), root(visit))
                        .menu("testing.menu.tests"),
                TEMPLATES.evidence(visit, view));
    }

    /** A file as it was at the run's commit, with what was run of it. */
    private void source(Visit visit) {
        var key = new RunKey(visit.project().name(), visit.param("run"));
        var path = visit.param("path");
        var run = store.read(sql -> EvidenceReads.run(sql, key)).orElseThrow(visit::missing);
        var stored =
                store.read(sql -> CoveragePages.stored(sql, key, path)).orElseThrow(visit::missing);
        var text = changes.source(key.project(), run.commit(), path).orElseThrow(visit::missing);
        visit.page(
                Page.titled(path)
                        .trail(visit.text("testing.title"), root(visit))
                        .trail(
                                visit.text("testing.run.title", run.number()),
                                root(visit) + "/runs/" + key.run())
                        .menu("testing.menu.tests"),
                TEMPLATES.source(visit, CoveragePages.source(path, text, stored)));
    }

    private void decide(Visit visit) {
        var key = new RunKey(visit.project().name(), visit.param("run"));
        var known = store.read(sql -> EvidenceReads.run(sql, key)).orElseThrow(visit::missing);
        boolean asked =
                store.write(tx -> {
                    tx.afterCommit(worker::wake);
                    return EvidenceStore.ask(tx, key, visit.caller().account());
                });
        if (!asked) {
            visit.refuse(Refusal.conflict("testing.decide.busy", known.number()));
            return;
        }
        visit.notice("testing.decide.asked", known.number());
        visit.redirect(root(visit) + "/runs/" + key.run());
    }

    private void search(Visit visit) {
        var words = visit.query("q").orElse("").strip();
        var project = visit.project().name();
        var found = store.read(sql -> TestReads.search(sql, project, words, FOUND + 1));
        boolean more = found.size() > FOUND;
        var view = new SearchView(words, more ? found.subList(0, FOUND) : found, more);
        visit.page(
                Page.titled(visit.text("testing.search.title"))
                        .trail(visit.text("testing.title"), root(visit))
                        .menu("testing.menu.tests"),
                TEMPLATES.search(visit, view));
    }

    private void test(Visit visit) {
        var project = visit.project().name();
        var id = visit.param("test");
        var named = store.read(sql -> TestReads.find(sql, project, id)).orElseThrow(visit::missing);
        var points = store.read(sql -> TestReads.history(sql, project, id, HISTORY));
        visit.page(
                Page.titled(Names.shorten(named.name(), 80))
                        .trail(visit.text("testing.title"), root(visit))
                        .menu("testing.menu.tests"),
                TEMPLATES.history(visit, Views.history(named, points)));
    }

    private void gate(Visit visit) {
        var project = visit.project();
        var book = gate.of(project.name(), project.defaultBranch(), say(visit));
        List<RunLine> runs =
                store.read(sql -> PageReads.lastOfDefaultBranch(sql, project.name(), ROWS));
        var view =
                new GateView(
                        Optional.of(book.commit()).map(PageReads::shortId).orElse(""),
                        book.source(),
                        book.problem(),
                        book.rules(),
                        runs);
        visit.page(
                Page.titled(visit.text("testing.gate.title")).menu("testing.menu.gate"),
                TEMPLATES.gate(visit, view));
    }
}
