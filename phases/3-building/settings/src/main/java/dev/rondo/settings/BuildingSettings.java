package dev.rondo.settings;

import dev.rondo.actions.Permissions;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What owners and administrators set for building. Kept in memory too, since the queue asks at each
 * decision; an empty project stands for the whole installation.
 */
public final class BuildingSettings {
    static final String JOBS = "jobs";
    static final String TOKEN = "token";
    static final String CALLABLE = "callable";
    static final String ENABLED = "actions.enabled";
    static final String ALLOWED = "actions.allowed";
    static final String GITHUB_OWNED = "actions.github-owned";
    static final String PATTERNS = "actions.patterns";
    static final String PINNED = "actions.pinned";

    private final int places;
    private final Map<String, String> values = new ConcurrentHashMap<>();

    /** With so many places where nothing else is set. */
    BuildingSettings(Store store, int places) {
        this.places = places;
        store.read(sql ->
                        sql.createQuery("SELECT project, name, value FROM building_settings")
                                .map((r, c) ->
                                        Map.entry(
                                                key(r.getString(1), r.getString(2)),
                                                r.getString(3)))
                                .list())
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    }

    private static String key(String project, String name) {
        return project + "/" + name;
    }

    Optional<String> value(String project, String name) {
        return Optional.ofNullable(values.get(key(project, name)));
    }

    /** An empty value sets back. */
    void put(Tx tx, String project, String name, String value) {
        tx.sql()
                .execute(
                        "DELETE FROM building_settings WHERE project = ? AND name = ?",
                        project,
                        name);
        if (!value.isEmpty()) {
            tx.sql()
                    .execute(
                            "INSERT INTO building_settings (project, name, value) VALUES (?, ?, ?)",
                            project,
                            name,
                            value);
        }
        tx.afterCommit(() -> {
            if (value.isEmpty()) {
                values.remove(key(project, name));
            } else {
                values.put(key(project, name), value);
            }
        });
    }

    /** How many jobs may run at once in all. */
    public int places() {
        return value("", JOBS).map(Integer::parseInt).orElse(places);
    }

    /** How many jobs of a project may run at once. */
    public int places(String project) {
        return value(project, JOBS).map(Integer::parseInt).orElse(Integer.MAX_VALUE);
    }

    /** What a token may do where no file says anything. */
    public Permissions.Policy policy(String project) {
        return value(project, TOKEN).orElse("").equals("write")
                ? Permissions.Policy.WRITE
                : Permissions.Policy.LIMITED_READ;
    }

    /** Whether every other project may call this one's workflows. */
    public boolean callable(String project) {
        return value(project, CALLABLE).orElse("").equals("all");
    }

    /** Whether events start workflows of this project at all. */
    public boolean enabled(String project) {
        return !value(project, ENABLED).orElse("").equals("false");
    }

    /** Which actions a project lets its workflows use, beside what holds for all. */
    public ActionPolicy actions(String project) {
        return new ActionPolicy(
                value(project, ALLOWED)
                        .flatMap(ActionPolicy.Allowed::of)
                        .orElse(ActionPolicy.Allowed.ALL),
                !value(project, GITHUB_OWNED).orElse("").equals("false"),
                value(project, PATTERNS).stream().flatMap(String::lines).toList(),
                value(project, PINNED).orElse("").equals("true"));
    }
}
