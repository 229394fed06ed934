package dev.rondo.coding;

import dev.rondo.access.Project;
import dev.rondo.coding.view.CommitLine;
import dev.rondo.coding.view.Link;
import dev.rondo.coding.view.Place;
import dev.rondo.git.Commit;
import dev.rondo.git.GitRepository;
import dev.rondo.journal.Subject;
import dev.rondo.web.Markdown;
import dev.rondo.web.Refusal;
import dev.rondo.web.Visit;
import gg.jte.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What all pages of a repository share: the project, its git, its addresses, links in texts. */
final class Scene {

    private static final int MOST_REFS = 60;

    private final Visit visit;
    private final GitRepository git;
    private final CodeUrls urls;

    Scene(Visit visit, ProjectRepositories repositories) {
        this.visit = visit;
        this.git = repositories.of(visit.project());
        this.urls = new CodeUrls(visit.project().name());
    }

    Visit visit() {
        return visit;
    }

    Project project() {
        return visit.project();
    }

    GitRepository git() {
        return git;
    }

    CodeUrls urls() {
        return urls;
    }

    /** What the page shows: the query's {@code at}, or the default branch. */
    String at() {
        return visit.query("at")
                .filter(at -> !at.isBlank())
                .orElseGet(() -> project().defaultBranch());
    }

    /** The commit of {@link #at}; refuses what is not there. */
    String commit() {
        return commit(at());
    }

    String commit(String name) {
        return git.resolve(name)
                .orElseThrow(() -> Refusal.missing("coding.ref.missing", name).asException());
    }

    /**
     * @param page the same page at another place of history
     */
    Place place(String path, Function<String, String> page) {
        var crumbs = new ArrayList<Link>();
        crumbs.add(new Link(project().name(), urls.files(at(), "")));
        var soFar = new StringBuilder();
        for (String part : path.isEmpty() ? new String[0] : path.split("/")) {
            soFar.append(soFar.isEmpty() ? "" : "/").append(part);
            crumbs.add(new Link(part, urls.files(at(), soFar.toString())));
        }
        return new Place(
                at(),
                links(git.refNames("refs/heads/", MOST_REFS), page),
                links(git.refNames("refs/tags/", MOST_REFS), page),
                crumbs);
    }

    private static List<Link> links(List<String> names, Function<String, String> page) {
        return names.stream().map(name -> new Link(name, page.apply(name))).toList();
    }

    CommitLine line(Commit commit) {
        return new CommitLine(
                commit.shortId(),
                urls.commit(commit.id()),
                Markdown.line(commit.subject(), mentions()),
                commit.author().name(),
                commit.author().at());
    }

    CommitLine line(String id, String subject, String author, Instant at) {
        return new CommitLine(
                id.substring(0, 10),
                urls.commit(id),
                Markdown.line(subject, mentions()),
                author,
                at);
    }

    Content line(String text) {
        return Markdown.line(text, mentions());
    }

    Markdown.Mentions mentions() {
        return new Markdown.Mentions() {
            @Override
            public Optional<String> ticket(long number) {
                return visit.link(Subject.of("ticket", number));
            }

            @Override
            public Optional<String> commit(String id) {
                return Optional.of(urls.commit(id));
            }
        };
    }
}
