package dev.rondo.building;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Environments of a project, and what reviewers said of the jobs that wait for them. */
final class EnvironmentStore {
    private static final String SELECT =
            "SELECT name, title, reviewers, no_self, bypass, wait_minutes, refs"
                    + " FROM building_environments ";

    private final Spine spine;

    EnvironmentStore(Spine spine) {
        this.spine = spine;
    }

    static String folded(String title) {
        return title.strip().toLowerCase(Locale.ROOT);
    }

    static List<Environment> list(Handle sql, String project) {
        return sql.createQuery(SELECT + "WHERE project = ? ORDER BY name")
                .bind(0, project)
                .map((r, c) -> environment(r))
                .list();
    }

    static Optional<Environment> find(Handle sql, String project, String title) {
        return sql.createQuery(SELECT + "WHERE project = ? AND name = ?")
                .bind(0, project)
                .bind(1, folded(title))
                .map((r, c) -> environment(r))
                .findFirst();
    }

    private static Environment environment(ResultSet r) throws SQLException {
        return new Environment(
                r.getString(1),
                r.getString(2),
                lines(r.getString(3)),
                r.getBoolean(4),
                r.getBoolean(5),
                r.getInt(6),
                lines(r.getString(7)));
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }

    /** One that a job names first is made, without protection, as on GitHub. */
    Environment named(String project, String title) {
        return spine.store()
                .read(sql -> find(sql, project, title))
                .orElseGet(() ->
                        spine.store()
                                .write(tx -> {
                                    insert(tx, project, title);
                                    return find(tx.sql(), project, title).orElseThrow();
                                }));
    }

    private static int insert(Tx tx, String project, String title) {
        return RunStore.update(
                tx.sql(),
                "INSERT INTO building_environments (project, name, title, reviewers, no_self,"
                        + " bypass, wait_minutes, refs, created_at)"
                        + " VALUES (?, ?, ?, '', ?, ?, 0, '', ?) ON CONFLICT DO NOTHING",
                project,
                folded(title),
                title.strip(),
                false,
                true,
                Micros.now());
    }

    /** False where there is one of that name. */
    boolean create(String project, String title, String by) {
        return spine.store()
                .write(tx -> {
                    boolean made = insert(tx, project, title) == 1;
                    if (made) {
                        audit(tx, project, "environment.created", folded(title), by, Map.of());
                    }
                    return made;
                });
    }

    /** Keeps the rules of an environment that is there. */
    void save(String project, Environment wanted, String by) {
        spine.store()
                .update(tx -> {
                    RunStore.update(
                            tx.sql(),
                            "UPDATE building_environments SET reviewers = ?, no_self = ?,"
                                    + " bypass = ?, wait_minutes = ?, refs = ?"
                                    + " WHERE project = ? AND name = ?",
                            String.join("\n", wanted.reviewers()),
                            wanted.noSelf(),
                            wanted.bypass(),
                            wanted.waitMinutes(),
                            String.join("\n", wanted.refs()),
                            project,
                            wanted.name());
                    audit(
                            tx,
                            project,
                            "environment.changed",
                            wanted.name(),
                            by,
                            Map.of(
                                    "reviewers", String.join(", ", wanted.reviewers()),
                                    "minutes", String.valueOf(wanted.waitMinutes()),
                                    "refs", String.join(", ", wanted.refs())));
                });
    }

    boolean remove(String project, String name, String by) {
        return spine.store()
                .write(tx -> {
                    for (String table :
                            List.of("building_environment_secrets", "building_variables")) {
                        RunStore.update(
                                tx.sql(),
                                "DELETE FROM " + table + " WHERE project = ? AND environment = ?",
                                project,
                                name);
                    }
                    boolean gone =
                            RunStore.update(
                                            tx.sql(),
                                            "DELETE FROM building_environments"
                                                    + " WHERE project = ? AND name = ?",
                                            project,
                                            name)
                                    > 0;
                    if (gone) {
                        audit(tx, project, "environment.removed", name, by, Map.of());
                    }
                    return gone;
                });
    }

    static Optional<Environment.Review> review(Handle sql, String run, String job) {
        return sql.createQuery(
                        "SELECT verdict, reviewer, comment FROM building_reviews"
                                + " WHERE run = ? AND job = ?")
                .bind(0, run)
                .bind(1, job)
                .map((r, c) ->
                        new Environment.Review(r.getString(1), r.getString(2), r.getString(3)))
                .findFirst();
    }

    /** The last word about a job counts, until it has passed. */
    void review(Tx tx, Run run, RunJob job, Environment.Review said) {
        int kept =
                RunStore.update(
                        tx.sql(),
                        "INSERT INTO building_reviews (run, job, environment, verdict, reviewer,"
                                + " comment, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (run, job) DO UPDATE SET verdict = excluded.verdict,"
                                + " reviewer = excluded.reviewer, comment = excluded.comment,"
                                + " at = excluded.at",
                        run.id(),
                        job.id(),
                        folded(job.gate().environment()),
                        said.verdict(),
                        said.reviewer(),
                        said.comment(),
                        Micros.now());
        if (kept == 1) {
            audit(
                    tx,
                    run.project(),
                    "deployment." + said.verdict(),
                    folded(job.gate().environment()),
                    said.reviewer(),
                    Map.of("run", run.id(), "job", job.id(), "comment", said.comment()));
        }
    }

    private void audit(
            Tx tx,
            String project,
            String action,
            String environment,
            String by,
            Map<String, String> details) {
        spine.journal()
                .append(
                        tx,
                        new Draft(
                                project,
                                Subject.of("account", by),
                                by,
                                new Fact.AuditRecorded(
                                        action, project + "/" + environment, details)));
    }
}
