package dev.rondo.coding;

import dev.rondo.git.Commit;
import dev.rondo.git.HistoryPage;
import dev.rondo.web.May;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.time.Instant;
import java.util.List;

/** Refs and commits as JSON. */
final class CodingApi {

    private static final int PAGE = 50;

    private final ProjectRepositories repositories;

    CodingApi(ProjectRepositories repositories) {
        this.repositories = repositories;
    }

    void routes(Routes routes) {
        routes.get("/api/projects/{project}/refs", May.READ, this::refs);
        routes.get("/api/projects/{project}/commits", May.READ, this::commits);
        routes.get("/api/projects/{project}/commits/{commit}", May.READ, this::commit);
    }

    record RefJson(String ref, String target) {}

    record CommitJson(
            String id, List<String> parents, String message, String author, Instant authoredAt) {

        static CommitJson of(Commit commit) {
            return new CommitJson(
                    commit.id(),
                    commit.parents(),
                    commit.message(),
                    commit.author().name(),
                    commit.author().at());
        }
    }

    /** {@code next} is the value of {@code after} for the next page, or empty. */
    record CommitsJson(List<CommitJson> commits, String next) {}

    private void refs(Visit visit) {
        var scene = new Scene(visit, repositories);
        visit.json(scene.git().refs().stream().map(r -> new RefJson(r.ref(), r.after())).toList());
    }

    private void commits(Visit visit) {
        var scene = new Scene(visit, repositories);
        String from = visit.query("after").filter(HistoryPage::isKey).orElseGet(scene::commit);
        HistoryPage page = scene.git().history(from, visit.query("path").orElse(""), PAGE);
        visit.json(
                new CommitsJson(page.commits().stream().map(CommitJson::of).toList(), page.next()));
    }

    private void commit(Visit visit) {
        var scene = new Scene(visit, repositories);
        visit.json(CommitJson.of(scene.git().commit(scene.commit(visit.param("commit")))));
    }
}
