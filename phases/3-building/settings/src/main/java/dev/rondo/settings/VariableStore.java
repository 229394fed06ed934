package dev.rondo.settings;

import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * The variables of a project and of its environments: {@code vars} in expressions. Unlike secrets
 * they are shown.
 */
public final class VariableStore {
    private final Spine spine;
    private final Audit audit;

    VariableStore(Spine spine) {
        this.spine = spine;
        this.audit = new Audit(spine.journal());
    }

    record Listed(String name, String value, String by, Instant at) implements Kept {}

    /** Of the project itself the environment is empty. */
    static List<Listed> list(Handle sql, String project, String environment) {
        return sql.createQuery(
                        "SELECT name, value, updated_by, updated_at FROM building_variables"
                                + " WHERE project = ? AND environment = ? ORDER BY name")
                .bind(0, project)
                .bind(1, environment)
                .map((r, c) ->
                        new Listed(
                                r.getString(1),
                                r.getString(2),
                                r.getString(3),
                                Micros.toInstant(r.getLong(4))))
                .list();
    }

    /** Name → value, those of the environment in front of the project's. */
    public Map<String, String> open(String project, String environment) {
        return spine.store().read(sql -> open(sql, project, environment));
    }

    public static Map<String, String> open(Handle sql, String project, String environment) {
        var all = new TreeMap<String, String>();
        list(sql, project, "").forEach(one -> all.put(one.name(), one.value()));
        if (!environment.isEmpty()) {
            list(sql, project, EnvironmentStore.folded(environment))
                    .forEach(one -> all.put(one.name(), one.value()));
        }
        return all;
    }

    /** What keeps it from being kept, or nothing. */
    public Optional<Refused> put(
            String project, String environment, String rawName, String value, String by) {
        String name = rawName.strip().toUpperCase(Locale.ROOT);
        Optional<Refused> wrong = Refused.name("variable", name, rawName);
        if (wrong.isPresent()) {
            return wrong;
        }
        int size = value.getBytes(StandardCharsets.UTF_8).length;
        if (value.isEmpty() || size > Limits.VARIABLE_BYTES) {
            return Optional.of(
                    new Refused("building.variable.size", Limits.VARIABLE_BYTES, "value"));
        }
        return spine.store()
                .write(tx -> {
                    List<Listed> there = list(tx.sql(), project, environment);
                    boolean known = there.stream().anyMatch(one -> one.name().equals(name));
                    if (!known && there.size() >= Limits.VARIABLES_OF_A_PROJECT) {
                        return Optional.of(
                                new Refused(
                                        "building.variable.many",
                                        Limits.VARIABLES_OF_A_PROJECT,
                                        "name"));
                    }
                    tx.sql()
                            .execute(
                                    "INSERT INTO building_variables (project, environment, name,"
                                            + " value, updated_by, updated_at)"
                                            + " VALUES (?, ?, ?, ?, ?, ?)"
                                            + " ON CONFLICT (project, environment, name) DO UPDATE"
                                            + " SET value = excluded.value,"
                                            + " updated_by = excluded.updated_by,"
                                            + " updated_at = excluded.updated_at",
                                    project,
                                    environment,
                                    name,
                                    value,
                                    by,
                                    Micros.now());
                    audit.append(
                            tx,
                            project,
                            "variable.set",
                            Audit.target(environment, name),
                            by,
                            Map.of());
                    return Optional.<Refused>empty();
                });
    }

    boolean remove(String project, String environment, String name, String by) {
        return spine.store()
                .write(tx -> {
                    int gone =
                            tx.sql()
                                    .execute(
                                            "DELETE FROM building_variables WHERE project = ?"
                                                    + " AND environment = ? AND name = ?",
                                            project,
                                            environment,
                                            name);
                    if (gone > 0) {
                        audit.append(
                                tx,
                                project,
                                "variable.removed",
                                Audit.target(environment, name),
                                by,
                                Map.of());
                    }
                    return gone > 0;
                });
    }
}
