package dev.rondo.settings;

import dev.rondo.web.GithubRoutes;
import dev.rondo.web.RestPage;
import dev.rondo.web.Visit;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * What secrets and variables have in common in GitHub's REST interface. It is for owners, as the
 * pages are; no job may.
 *
 * @param noun what they are called in paths and answers
 * @param more what an answer says of one beside its name and times
 */
record KeptApi<T extends Kept>(
        ProjectSettings kept, String noun, Table<T> table, Function<T, Map<String, Object>> more) {

    /** Of the project itself the environment is empty. */
    interface Table<T> {
        List<T> list(Handle sql, String project, String environment);
    }

    /** Where they are kept: by the project, and by each of its environments. */
    List<String> paths() {
        return List.of(
                GithubRoutes.REPOSITORY + "/actions/" + noun,
                GithubRoutes.REPOSITORY + "/environments/{environment}/" + noun);
    }

    /** As it is stored; empty for the project itself. */
    String environment(Visit visit) {
        String title = visit.http().pathParamMap().getOrDefault("environment", "");
        return title.isEmpty()
                ? ""
                : kept.spine()
                        .store()
                        .read(sql -> EnvironmentStore.find(sql, visit.project().name(), title))
                        .map(Environment::name)
                        .orElseThrow(visit::missing);
    }

    static String name(Visit visit) {
        return visit.http().pathParam("name").toUpperCase(Locale.ROOT);
    }

    List<T> all(Visit visit) {
        String environment = environment(visit);
        return kept.spine()
                .store()
                .read(sql -> table.list(sql, visit.project().name(), environment));
    }

    void list(Visit visit) {
        List<T> all = all(visit);
        RestPage page = RestPage.of(visit, kept.spine().publicUrl());
        page.answer(visit, all.size(), noun, page.cut(all).stream().map(this::json).toList());
    }

    T one(Visit visit) {
        return all(visit).stream()
                .filter(one -> one.name().equals(name(visit)))
                .findFirst()
                .orElseThrow(visit::missing);
    }

    void show(Visit visit) {
        visit.json(json(one(visit)));
    }

    /** When it was made is not kept: that is when it was set last. */
    private Map<String, Object> json(T one) {
        String at = one.at().truncatedTo(ChronoUnit.SECONDS).toString();
        var json = new LinkedHashMap<String, Object>();
        json.put("name", one.name());
        json.putAll(more.apply(one));
        json.put("created_at", at);
        json.put("updated_at", at);
        return json;
    }

    static void removed(Visit visit, boolean gone) {
        if (!gone) {
            throw visit.missing();
        }
        visit.http().status(204);
    }
}
