package dev.rondo.settings;

import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * The secrets of a project and of its environments, sealed at rest. No value ever leaves towards a
 * page. Of the project itself the environment is empty.
 */
public final class SecretStore {
    private final Spine spine;
    private final Audit audit;

    SecretStore(Spine spine) {
        this.spine = spine;
        this.audit = new Audit(spine.journal());
    }

    /** What a page may show. */
    record Listed(String name, String by, Instant at) implements Kept {}

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
    public Map<String, String> open(String project) {
        return opened(project, "");
    }

    /** Those of one environment alone. */
    public Map<String, String> open(String project, String environment) {
        return opened(project, EnvironmentStore.folded(environment));
    }

    private Map<String, String> opened(String project, String environment) {
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

    public Optional<Refused> put(String project, String rawName, String value, String by) {
        return put(project, "", rawName, value, by);
    }

    /** What keeps it from being kept, or nothing. */
    public Optional<Refused> put(
            String project, String environment, String rawName, String value, String by) {
        String name = rawName.strip().toUpperCase(Locale.ROOT);
        Optional<Refused> wrong = Refused.name("secret", name, rawName);
        if (wrong.isPresent()) {
            return wrong;
        }
        int size = value.getBytes(StandardCharsets.UTF_8).length;
        if (value.isEmpty() || size > Limits.SECRET_BYTES) {
            return Optional.of(new Refused("building.secret.size", Limits.SECRET_BYTES, "value"));
        }
        byte[] sealed = spine.secrets().seal(value, context(project, environment, name));
        return spine.store()
                .write(tx -> {
                    List<Listed> there = list(tx.sql(), project, environment);
                    boolean known = there.stream().anyMatch(one -> one.name().equals(name));
                    if (!known && there.size() >= Limits.SECRETS_OF_A_PROJECT) {
                        return Optional.of(
                                new Refused(
                                        "building.secret.many",
                                        Limits.SECRETS_OF_A_PROJECT,
                                        "name"));
                    }
                    delete(tx, project, environment, name);
                    insert(tx, project, environment, new Sealed(name, sealed, by));
                    audit(tx, project, environment, "secret.set", name, by);
                    return Optional.<Refused>empty();
                });
    }

    private record Sealed(String name, byte[] value, String by) {}

    private static void insert(Tx tx, String project, String environment, Sealed sealed) {
        if (environment.isEmpty()) {
            tx.sql()
                    .execute(
                            "INSERT INTO building_secrets (project, name, sealed, updated_by,"
                                    + " updated_at) VALUES (?, ?, ?, ?, ?)",
                            project,
                            sealed.name(),
                            sealed.value(),
                            sealed.by(),
                            Micros.now());
        } else {
            tx.sql()
                    .execute(
                            "INSERT INTO building_environment_secrets (project, environment, name,"
                                    + " sealed, updated_by, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
                            project,
                            environment,
                            sealed.name(),
                            sealed.value(),
                            sealed.by(),
                            Micros.now());
        }
    }

    private static int delete(Tx tx, String project, String environment, String name) {
        return tx.sql()
                .execute(
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
            Tx tx, String project, String environment, String action, String name, String by) {
        audit.append(tx, project, action, Audit.target(environment, name), by, Map.of());
    }

    private static String context(String project, String environment, String name) {
        return project
                + (environment.isEmpty() ? "" : "/environment/" + environment)
                + "/secret/"
                + name;
    }
}
