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

/**
 * The secrets of a project and of its environments, sealed at rest. No value ever leaves towards a
 * page. Of the project itself the environment is empty.
 */
final class SecretStore {
    private final Spine spine;

    SecretStore(Spine spine) {
        this.spine = spine;
    }

    /** What a page may show. */
    record Listed(String name, String by, Instant at) {}

    /** What keeps a secret from being kept: the key of a text, and its argument. */
    record Refused(String key, Object argument, String field) {}

    /** The tables of a project's secrets and of an environment's differ by one column. */
    private static String of(String environment) {
        return environment.isEmpty()
                ? "building_secrets WHERE project = ? AND ? = ''"
                : "building_environment_secrets WHERE project = ? AND environment = ?";
    }

    static List<Listed> list(Handle sql, String project, String environment) {
        return sql.createQuery(
                        "SELECT name, updated_by, updated_at FROM "
                                + of(environment)
                                + " ORDER BY name")
                .bind(0, project)
                .bind(1, environment)
                .map((r, c) ->
                        new Listed(r.getString(1), r.getString(2), Micros.toInstant(r.getLong(3))))
                .list();
    }

    /** Name → value, for a job. */
    Map<String, String> open(String project) {
        return open(project, "");
    }

    /** Those of one environment alone. */
    Map<String, String> open(String project, String environment) {
        Map<String, byte[]> sealed =
                spine.store()
                        .read(sql -> {
                            var all = new TreeMap<String, byte[]>();
                            sql.createQuery("SELECT name, sealed FROM " + of(environment))
                                    .bind(0, project)
                                    .bind(1, environment)
                                    .map((r, c) -> all.put(r.getString(1), r.getBytes(2)))
                                    .list();
                            return all;
                        });
        var open = new TreeMap<String, String>();
        sealed.forEach((name, bytes) ->
                open.put(name, spine.secrets().open(bytes, context(project, environment, name))));
        return open;
    }

    List<Refused> put(String project, String rawName, String value, String by) {
        return put(project, "", rawName, value, by);
    }

    /** Empty list when it was kept. */
    List<Refused> put(String project, String environment, String rawName, String value, String by) {
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
        byte[] sealed = spine.secrets().seal(value, context(project, environment, name));
        return spine.store()
                .write(tx -> {
                    List<Listed> there = list(tx.sql(), project, environment);
                    boolean known = there.stream().anyMatch(one -> one.name().equals(name));
                    if (!known && there.size() >= Limits.SECRETS_OF_A_PROJECT) {
                        return List.of(
                                new Refused(
                                        "building.secret.many",
                                        Limits.SECRETS_OF_A_PROJECT,
                                        "name"));
                    }
                    delete(tx, project, environment, name);
                    if (environment.isEmpty()) {
                        RunStore.update(
                                tx.sql(),
                                "INSERT INTO building_secrets (project, name, sealed,"
                                        + " updated_by, updated_at) VALUES (?, ?, ?, ?, ?)",
                                project,
                                name,
                                sealed,
                                by,
                                Micros.now());
                    } else {
                        RunStore.update(
                                tx.sql(),
                                "INSERT INTO building_environment_secrets (project, environment,"
                                        + " name, sealed, updated_by, updated_at)"
                                        + " VALUES (?, ?, ?, ?, ?, ?)",
                                project,
                                environment,
                                name,
                                sealed,
                                by,
                                Micros.now());
                    }
                    audit(tx, project, environment, "secret.set", name, by);
                    return List.<Refused>of();
                });
    }

    private static int delete(
            dev.rondo.store.Tx tx, String project, String environment, String name) {
        return RunStore.update(
                tx.sql(),
                "DELETE FROM " + of(environment) + " AND name = ?",
                project,
                environment,
                name);
    }

    boolean remove(String project, String environment, String name, String by) {
        return spine.store()
                .write(tx -> {
                    boolean gone = delete(tx, project, environment, name) > 0;
                    if (gone) {
                        audit(tx, project, environment, "secret.removed", name, by);
                    }
                    return gone;
                });
    }

    private void audit(
            dev.rondo.store.Tx tx,
            String project,
            String environment,
            String action,
            String name,
            String by) {
        String target = environment.isEmpty() ? name : environment + "/" + name;
        spine.journal()
                .append(
                        tx,
                        new dev.rondo.journal.Draft(
                                project,
                                Subject.of("account", by),
                                by,
                                new Fact.AuditRecorded(action, project + "/" + target, Map.of())));
    }

    private static String context(String project, String environment, String name) {
        return project
                + (environment.isEmpty() ? "" : "/environment/" + environment)
                + "/secret/"
                + name;
    }
}
