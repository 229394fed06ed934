package dev.rondo.coding;

import dev.rondo.coding.view.RefsView;
import dev.rondo.git.Branch;
import dev.rondo.git.Tag;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.List;

/** Branches and tags. */
final class RefPages {

    static final String MENU = "coding.menu.branches";
    private static final int MOST = 1000;

    private final ProjectRepositories repositories;
    private final Looks looks = new Looks();

    RefPages(ProjectRepositories repositories) {
        this.repositories = repositories;
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/coding/branches", May.READ, this::branches);
        routes.get("/projects/{project}/coding/tags", May.READ, this::tags);
    }

    private void branches(Visit visit) {
        var scene = new Scene(visit, repositories);
        show(
                scene,
                false,
                scene.git().branches().stream().limit(MOST).map(b -> row(scene, b)).toList());
    }

    private static RefsView.Row row(Scene scene, Branch branch) {
        String main = scene.project().defaultBranch();
        boolean isMain = branch.name().equals(main);
        return new RefsView.Row(
                branch.name(),
                scene.urls().files(branch.name(), ""),
                scene.line(branch.head()),
                isMain ? scene.visit().text("coding.branches.default") : "",
                isMain ? "" : scene.urls().comparison(main, branch.name()));
    }

    private void tags(Visit visit) {
        var scene = new Scene(visit, repositories);
        show(scene, true, scene.git().tags().stream().limit(MOST).map(t -> row(scene, t)).toList());
    }

    private static RefsView.Row row(Scene scene, Tag tag) {
        return new RefsView.Row(
                tag.name(),
                scene.urls().files("refs/tags/" + tag.name(), ""),
                scene.line(tag.commit()),
                tag.message().lines().findFirst().orElse(""),
                "");
    }

    private void show(Scene scene, boolean tags, List<RefsView.Row> rows) {
        var visit = scene.visit();
        var view = new RefsView(rows, scene.urls().branches(), scene.urls().tags(), tags);
        visit.page(
                Page.titled(visit.text(tags ? "coding.tags.title" : "coding.branches.title"))
                        .trail(visit.text("coding.files.title"), scene.urls().base())
                        .menu(MENU)
                        .style(Looks.STYLE),
                looks.templates().refs(visit, view));
    }
}
