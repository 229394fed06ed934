package dev.rondo.building;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The secrets of a project, sealed at rest. No value ever leaves towards a page. */
final class SecretStore {
    private final Spine spine;

    SecretStore(Spine spine) {
        this.spine = spine;
    }

    /** What a page may show. */
    record Listed(String name, String by, Instant at) {}

    /** What keeps a secret from being kept: the key of a text, and its argument. */
    record Refused(String key, Object argument, String field) {}

    static List<Listed> list(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT name, updated_by, updated_at FROM building_secrets"
                                + " WHERE project = ? ORDER BY name")
                .bind(0, project)
                .map((r, c) ->
                        new Listed(r.getString(1), r.getString(2), Micros.toInstant(r.getLong(3))))
                .list();
    }

    /** Name → value, for a job. */
    Map<String, String> open(String project) {
        Map<String, byte[]> sealed =
                spine.store()
                        .read(sql -> {
                            var all = new TreeMap<String, byte[]>();
                            sql.createQuery(
                                            "SELECT name, sealed FROM building_secrets"
                                                    + " WHERE project = ?")
                                    .bind(0, project)
                                    .map((r, c) -> all.put(r.getString(1), r.getBytes(2)))
                                    .list();
                            return all;
                        });
        var open = new TreeMap<String, String>();
        sealed.forEach((name, bytes) ->
                open.put(name, spine.secrets().open(bytes, context(project, name))));
        return open;
    }

    /** Empty list when it was kept. */
    List<Refused> put(String project, String rawName, String value, String by) {
        String name = rawName.strip().toUpperCase(Locale.ROOT);
        if (!name.matches("[A-Z_][A-Z0-9_]{0,99}")) {
            return List.of(new Refused("building.secret.name", rawName, "name"));
        }
        if (name.startsWith("GITHUB_")) {
            return List.of(new Refused("building.secret.reserved", name, "name"));
        }
        int size = value.getBytes(StandardCharsets.UTF_8).length;
        if (value.isEmpty() || size > Limits.SECRET_BYTES) {
            return List.of(new Refused("building.secret.size", Limits.SECRET_BYTES, "value"));
        }
        byte[] sealed = spine.secrets().seal(value, context(project, name));
        return spine.store()
                .write(tx -> {
                    if (list(tx.sql(), project).size() >= Limits.SECRETS_OF_A_PROJECT) {
                        return List.of(
                                new Refused(
                                        "building.secret.many",
                                        Limits.SECRETS_OF_A_PROJECT,
                                        "name"));
                    }
                    RunStore.update(
                            tx.sql(),
                            "INSERT INTO building_secrets (project, name, sealed,"
                                    + " updated_by, updated_at) VALUES (?, ?, ?, ?, ?)"
                                    + " ON CONFLICT (project, name) DO UPDATE SET"
                                    + " sealed = excluded.sealed,"
                                    + " updated_by = excluded.updated_by,"
                                    + " updated_at = excluded.updated_at",
                            project,
                            name,
                            sealed,
                            by,
                            Micros.now());
                    audit(tx, project, "secret.set", name, by);
                    return List.<Refused>of();
                });
    }

    boolean remove(String project, String name, String by) {
        return spine.store()
                .write(tx -> {
                    int gone =
                            RunStore.update(
                                    tx.sql(),
                                    "DELETE FROM building_secrets"
                                            + " WHERE project = ? AND name = ?",
                                    project,
                                    name);
                    if (gone > 0) {
                        audit(tx, project, "secret.removed", name, by);
                    }
                    return gone > 0;
                });
    }

    private void audit(
            dev.rondo.store.Tx tx, String project, String action, String name, String by) {
        spine.journal()
                .append(
                        tx,
                        new dev.rondo.journal.Draft(
                                project,
                                Subject.of("account", by),
                                by,
                                new Fact.AuditRecorded(action, project + "/" + name, Map.of())));
    }

    private static String context(String project, String name) {
        return project + "/secret/" + name;
    }
}
