package dev.rondo.engine;

import dev.rondo.access.Projects;
import dev.rondo.actions.Limits;
import dev.rondo.actions.WorkflowTree;
import dev.rondo.git.GitRepository;
import dev.rondo.records.Run;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Reads the workflow of a run with all that it calls. What lies in other projects is read at the
 * commit at which this run found it first, so that a restart and a partial repetition see the same.
 */
final class Calls implements WorkflowTree.Files {
    private static final Pattern REMOTE = Pattern.compile("[^/]+/([^/]+)/([^@]+)@(.+)");

    private final Workshop shop;
    private final Run run;
    private final Map<String, String> commits = new HashMap<>();

    Calls(Workshop shop, Run run) {
        this.shop = shop;
        this.run = run;
    }

    /** Throws {@link IllegalStateException} where the first file is not there any more. */
    WorkflowTree.Reading read() {
        String text =
                repository(run.project())
                        .flatMap(repository -> text(repository, run.source().commit(), run.file()))
                        .orElseThrow(() -> new IllegalStateException(run.file() + " is not there"));
        return WorkflowTree.read(
                run.file(),
                text,
                this,
                Limits.GITHUB,
                shop.settings().values().policy(run.project()));
    }

    @Override
    public Optional<String> text(String reference) {
        Matcher remote = REMOTE.matcher(reference);
        if (!remote.matches()) {
            return repository(run.project())
                    .flatMap(repository -> text(repository, run.source().commit(), reference));
        }
        String project = remote.group(1);
        if (!readable(project)) {
            return Optional.empty();
        }
        return repository(project)
                .flatMap(repository ->
                        pinned(repository, reference, remote.group(3))
                                .flatMap(commit -> text(repository, commit, remote.group(2))));
    }

    /** The commit at which a called workflow is read. */
    String commit(String reference) {
        return Optional.ofNullable(commits.get(reference)).orElse(run.source().commit());
    }

    private Optional<GitRepository> repository(String project) {
        return project.matches("[a-z0-9._-]+")
                ? shop.spine().repositories().find(project)
                : Optional.empty();
    }

    private static Optional<String> text(GitRepository repository, String commit, String path) {
        return repository.file(commit, path, Workshop.WORKFLOW_BYTES + 1).map(blob -> blob.text());
    }

    private Optional<String> pinned(GitRepository repository, String reference, String ref) {
        Optional<String> known =
                shop.spine()
                        .store()
                        .read(sql ->
                                sql.createQuery(
                                                "SELECT commit_id FROM building_calls"
                                                        + " WHERE run = ? AND reference = ?")
                                        .bind(0, run.id())
                                        .bind(1, reference)
                                        .mapTo(String.class)
                                        .findFirst());
        Optional<String> commit = known.or(() -> repository.resolve(ref));
        if (known.isEmpty() && commit.isPresent()) {
            shop.spine()
                    .store()
                    .update(tx ->
                            tx.sql()
                                    .execute(
                                            "INSERT INTO building_calls (run, reference, commit_id)"
                                                    + " VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                                            run.id(),
                                            reference,
                                            commit.get()));
        }
        commit.ifPresent(id -> commits.put(reference, id));
        return commit;
    }

    /** A partial repetition reads what the first run read. */
    static void keep(Handle sql, Run old, Run made) {
        sql.execute(
                "INSERT INTO building_calls (run, reference, commit_id)"
                        + " SELECT ?, reference, commit_id FROM building_calls WHERE run = ?",
                made.id(),
                old.id());
    }

    /** Its owner lets all projects call its workflows, or an owner of this one reads it anyway. */
    private boolean readable(String project) {
        return project.equals(run.project())
                || shop.settings().values().callable(project)
                || shop.spine()
                        .store()
                        .read(sql -> Projects.ownerReads(sql, run.project(), project));
    }
}
