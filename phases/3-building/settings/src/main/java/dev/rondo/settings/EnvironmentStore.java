package dev.rondo.settings;

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

/** Environments of a project. Two names that differ in case alone are the same one. */
public final class EnvironmentStore {
    private static final String SELECT =
            "SELECT name, title, reviewers, no_self, bypass, wait_minutes, refs"
                    + " FROM building_environments ";

    private final Spine spine;
    private final Audit audit;

    EnvironmentStore(Spine spine) {
        this.spine = spine;
        this.audit = new Audit(spine.journal());
    }

    public static String folded(String title) {
        return title.strip().toLowerCase(Locale.ROOT);
    }

    public static List<Environment> list(Handle sql, String project) {
        return sql.createQuery(SELECT + "WHERE project = ? ORDER BY name")
                .bind(0, project)
                .map((r, c) -> environment(r))
                .list();
    }

    public static Optional<Environment> find(Handle sql, String project, String title) {
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
    public Environment named(String project, String title) {
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
        return tx.sql()
                .execute(
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
    public boolean create(String project, String title, String by) {
        return spine.store()
                .write(tx -> {
                    boolean made = insert(tx, project, title) == 1;
                    if (made) {
                        audit.append(
                                tx, project, "environment.created", folded(title), by, Map.of());
                    }
                    return made;
                });
    }

    /** Keeps the rules of an environment that is there. */
    public void save(String project, Environment wanted, String by) {
        spine.store()
                .update(tx -> {
                    tx.sql()
                            .execute(
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
                    audit.append(
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
                        tx.sql()
                                .execute(
                                        "DELETE FROM "
                                                + table
                                                + " WHERE project = ? AND environment = ?",
                                        project,
                                        name);
                    }
                    boolean gone =
                            tx.sql()
                                            .execute(
                                                    "DELETE FROM building_environments"
                                                            + " WHERE project = ? AND name = ?",
                                                    project,
                                                    name)
                                    > 0;
                    if (gone) {
                        audit.append(tx, project, "environment.removed", name, by, Map.of());
                    }
                    return gone;
                });
    }
}
