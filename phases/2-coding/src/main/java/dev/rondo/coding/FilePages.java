package dev.rondo.coding;

import dev.rondo.coding.view.FileView;
import dev.rondo.coding.view.FolderView;
import dev.rondo.coding.view.Link;
import dev.rondo.git.Blob;
import dev.rondo.git.TreeEntry;
import dev.rondo.journal.Subject;
import dev.rondo.web.Markdown;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Parts;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import gg.jte.Content;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Folders and files at a place of history. */
final class FilePages {

    static final String MENU = "coding.menu.files";
    private static final int LARGEST_SHOWN = 1 << 20;
    private static final List<String> READMES = List.of("readme.md", "readme.markdown", "readme");

    private final ProjectRepositories repositories;
    private final URI publicUrl;
    private final Looks looks = new Looks();

    FilePages(ProjectRepositories repositories, URI publicUrl) {
        this.repositories = repositories;
        this.publicUrl = publicUrl;
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/coding", May.READ, this::show);
        routes.get("/projects/{project}/coding/files", May.READ, this::show);
        routes.get("/projects/{project}/coding/files/<path>", May.READ, this::show);
    }

    private void show(Visit visit) {
        var scene = new Scene(visit, repositories);
        String path = visit.param("path");
        if (scene.git().isEmpty()) {
            empty(scene);
            return;
        }
        if (visit.query("at").isEmpty() && scene.git().resolve(scene.at()).isEmpty()) {
            // Something was pushed, but not to the default branch yet.
            visit.redirect(scene.urls().branches());
            return;
        }
        String commit = scene.commit();
        var entry = path.isEmpty() ? Optional.<TreeEntry>empty() : scene.git().entry(commit, path);
        if (path.isEmpty() || entry.filter(e -> e.kind() == TreeEntry.Kind.FOLDER).isPresent()) {
            folder(scene, commit, path);
        } else {
            file(scene, commit, entry.orElseThrow(visit::missing));
        }
    }

    private void empty(Scene scene) {
        var visit = scene.visit();
        visit.page(
                Page.titled(visit.text("coding.files.title")).menu(MENU).style(Looks.STYLE),
                looks.templates()
                        .emptyRepository(visit, address(scene), scene.project().defaultBranch()));
    }

    private void folder(Scene scene, String commit, String path) {
        var visit = scene.visit();
        var tree = scene.git().tree(commit, path).orElseThrow(visit::missing);
        var latest =
                scene.git().history(commit, path, 1).commits().stream()
                        .findFirst()
                        .map(scene::line);
        var view =
                new FolderView(
                        scene.place(path, at -> scene.urls().files(at, path)),
                        latest,
                        tree.stream().map(e -> entry(scene, e)).toList(),
                        readme(scene, commit, tree),
                        path.isEmpty() ? address(scene) : "",
                        new FolderView.Links(
                                scene.urls().commits(scene.at(), path),
                                scene.urls().branches(),
                                scene.urls().tags()));
        visit.page(
                Page.titled(path.isEmpty() ? visit.text("coding.files.title") : path)
                        .menu(MENU)
                        .style(Looks.STYLE),
                looks.templates().folder(visit, view));
    }

    private static FolderView.Entry entry(Scene scene, TreeEntry entry) {
        boolean file =
                entry.kind() == TreeEntry.Kind.FILE || entry.kind() == TreeEntry.Kind.EXECUTABLE;
        return new FolderView.Entry(
                entry.name(),
                scene.urls().files(scene.at(), entry.path()),
                entry.kind().name().toLowerCase(Locale.ROOT),
                file ? Looks.size(scene.visit(), entry.size()) : "");
    }

    private static Optional<Content> readme(Scene scene, String commit, List<TreeEntry> tree) {
        for (String name : READMES) {
            for (TreeEntry entry : tree) {
                if (entry.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return scene.git()
                            .file(commit, entry.path(), LARGEST_SHOWN)
                            .filter(blob -> !blob.binary())
                            .map(blob -> prose(scene, entry.path(), blob.text()));
                }
            }
        }
        return Optional.empty();
    }

    private static Content prose(Scene scene, String path, String markdown) {
        String html = Markdown.html(markdown, scene.mentions());
        String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        String linked = new RelativeLinks(scene.urls(), scene.at(), folder).rewrite(html);
        return out -> {
            out.writeContent("<div class=\"prose\">");
            out.writeContent(linked);
            out.writeContent("</div>");
        };
    }

    private void file(Scene scene, String commit, TreeEntry entry) {
        var visit = scene.visit();
        String path = entry.path();
        if (entry.kind() == TreeEntry.Kind.SUBMODULE) {
            throw visit.missing();
        }
        Blob blob = scene.git().file(commit, path, LARGEST_SHOWN).orElseThrow(visit::missing);
        boolean markdown = Languages.markdown(path) && !blob.binary() && !blob.truncated();
        boolean source = visit.query("view").filter("source"::equals).isPresent();
        String page = scene.urls().files(scene.at(), path);
        Optional<Link> other =
                markdown
                        ? Optional.of(
                                source
                                        ? new Link("coding.file.rendered", page)
                                        : new Link("coding.file.source", page + "&view=source"))
                        : Optional.empty();
        var body =
                markdown && !source
                        ? new FileView.Body(prose(scene, path, blob.text()), 0, "", "")
                        : body(scene, path, blob);
        var view =
                new FileView(
                        scene.place(path, at -> scene.urls().files(at, path)),
                        facts(visit, blob),
                        body,
                        scene.urls().raw(scene.at(), path),
                        scene.urls().commits(scene.at(), path),
                        other);
        visit.page(
                Page.titled(path).menu(MENU).style(Looks.STYLE).wide(),
                Parts.all(
                        looks.templates().file(visit, view),
                        Parts.panels(visit, Subject.of("file", commit + ":" + path))));
    }

    private static FileView.Body body(Scene scene, String path, Blob blob) {
        if (Languages.image(path).isPresent()) {
            return new FileView.Body(Parts.NOTHING, 0, scene.urls().raw(scene.at(), path), "");
        }
        if (blob.binary() || blob.truncated()) {
            String notice = blob.binary() ? "coding.file.binary" : "coding.file.large";
            return new FileView.Body(Parts.NOTHING, 0, "", notice);
        }
        String text = blob.text();
        String language = text.length() > Languages.LARGEST_COLOURED ? "" : Languages.of(path);
        return new FileView.Body(Parts.code(text, language), Looks.lines(text), "", "");
    }

    private static String facts(Visit visit, Blob blob) {
        String size = Looks.size(visit, blob.size());
        return blob.binary() || blob.truncated()
                ? size
                : visit.text("coding.file.facts", Looks.lines(blob.text()), size);
    }

    private String address(Scene scene) {
        String base = publicUrl.toString().replaceFirst("/+$", "");
        return base + "/" + scene.project().name() + ".git";
    }
}
