package dev.rondo.coding;

import dev.rondo.coding.view.CommitLine;
import dev.rondo.coding.view.CommitView;
import dev.rondo.coding.view.HistoryView;
import dev.rondo.coding.view.Link;
import dev.rondo.git.Commit;
import dev.rondo.git.Diff;
import dev.rondo.git.HistoryPage;
import dev.rondo.git.RefUpdate;
import dev.rondo.journal.Subject;
import dev.rondo.web.Markdown;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Parts;
import dev.rondo.web.Routes;
import dev.rondo.web.Urls;
import dev.rondo.web.Visit;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** History, single commits, and what lies between two places of history. */
final class CommitPages {

    static final String MENU = "coding.menu.commits";
    private static final int PAGE = 40;

    private final ProjectRepositories repositories;
    private final Looks looks = new Looks();

    CommitPages(ProjectRepositories repositories) {
        this.repositories = repositories;
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/coding/commits", May.READ, this::history);
        routes.get("/projects/{project}/coding/commits/{commit}", May.READ, this::commit);
        routes.get("/projects/{project}/coding/comparison", May.READ, this::comparison);
    }

    private void history(Visit visit) {
        var scene = new Scene(visit, repositories);
        if (scene.git().isEmpty()) {
            visit.redirect(scene.urls().base());
            return;
        }
        String path = visit.query("path").orElse("");
        String from = visit.query("after").filter(HistoryPage::isKey).orElseGet(scene::commit);
        HistoryPage page = scene.git().history(from, path, PAGE);
        String here = scene.urls().commits(scene.at(), path);
        var view =
                new HistoryView(
                        scene.place(path, at -> scene.urls().commits(at, path)),
                        days(scene, page.commits()),
                        page.next().isEmpty() ? "" : here + "&after=" + Urls.encode(page.next()),
                        visit.query("after").isEmpty() ? "" : here);
        visit.page(
                Page.titled(visit.text("coding.commits.title"))
                        .trail(visit.text("coding.files.title"), scene.urls().base())
                        .menu(MENU)
                        .style(Looks.STYLE),
                looks.templates().history(visit, view));
    }

    private static List<HistoryView.Day> days(Scene scene, List<Commit> commits) {
        var format =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                        .withLocale(scene.visit().locale());
        var days = new LinkedHashMap<LocalDate, List<CommitLine>>();
        for (Commit commit : commits) {
            var day = LocalDate.ofInstant(commit.committer().at(), scene.visit().zone());
            days.computeIfAbsent(day, _ -> new ArrayList<>()).add(scene.line(commit));
        }
        return days.entrySet().stream()
                .map(day -> new HistoryView.Day(day.getKey().format(format), day.getValue()))
                .toList();
    }

    private void commit(Visit visit) {
        var scene = new Scene(visit, repositories);
        String id = scene.commit(visit.param("commit"));
        if (!id.equals(visit.param("commit"))) {
            visit.redirect(scene.urls().commit(id));
            return;
        }
        Commit commit = scene.git().commit(id);
        String before = commit.parents().isEmpty() ? RefUpdate.NONE : commit.parents().getFirst();
        Diff diff = scene.git().diff(before, id, Diff.Limits.page());
        visit.page(
                Page.titled(commit.subject().isBlank() ? commit.shortId() : commit.subject())
                        .trail(visit.text("coding.files.title"), scene.urls().base())
                        .trail(
                                visit.text("coding.commits.title"),
                                scene.urls().commits(scene.project().defaultBranch(), ""))
                        .menu(MENU)
                        .style(Looks.STYLE)
                        .wide(),
                looks.templates()
                        .commit(visit, view(scene, commit), DiffViews.of(diff, scene.urls(), id)));
    }

    private static CommitView view(Scene scene, Commit commit) {
        var parents =
                commit.parents().stream()
                        .map(id -> new Link(id.substring(0, 10), scene.urls().commit(id)))
                        .toList();
        return new CommitView(
                commit.id(),
                scene.line(commit.subject()),
                commit.body().isEmpty()
                        ? Parts.NOTHING
                        : Markdown.line(commit.body(), scene.mentions()),
                new CommitView.People(
                        commit.author().name(),
                        commit.author().at(),
                        commit.committer().name(),
                        commit.committer().at(),
                        parents),
                List.of(new Link("coding.commit.files", scene.urls().files(commit.id(), ""))),
                Parts.panels(scene.visit(), Subject.of("change", commit.id())));
    }

    /** As pull requests show it: what {@code to} has done since it parted from {@code from}. */
    private void comparison(Visit visit) {
        var scene = new Scene(visit, repositories);
        String from = visit.query("from").orElseGet(() -> scene.project().defaultBranch());
        String to = visit.query("to").orElseGet(() -> scene.project().defaultBranch());
        String tip = scene.commit(to);
        String other = scene.commit(from);
        String base = scene.git().mergeBase(other, tip).orElse(other);
        var commits =
                scene.git().commitsSince(tip, List.of(other), 250).stream()
                        .map(scene::line)
                        .toList();
        Diff diff = scene.git().diff(base, tip, Diff.Limits.page());
        visit.page(
                Page.titled(visit.text("coding.comparison.title", from, to))
                        .trail(visit.text("coding.files.title"), scene.urls().base())
                        .trail(visit.text("coding.branches.title"), scene.urls().branches())
                        .menu(RefPages.MENU)
                        .style(Looks.STYLE)
                        .wide(),
                looks.templates().comparison(visit, commits, DiffViews.of(diff, scene.urls(), to)));
    }
}
