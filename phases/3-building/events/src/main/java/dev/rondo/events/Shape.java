package dev.rondo.events;

import dev.rondo.actions.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Builds a JSON object key by key, with the parts that GitHub's payloads share. */
final class Shape {
    private final Map<String, Value> entries = new LinkedHashMap<>();

    Shape put(String key, String text) {
        return put(key, Value.of(text));
    }

    Shape put(String key, boolean on) {
        return put(key, Value.of(on));
    }

    Shape put(String key, long number) {
        return put(key, Value.of((double) number));
    }

    Shape put(String key, Instant at) {
        return put(key, at.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    Shape put(String key, List<Value> items) {
        return put(key, Value.of(items));
    }

    Shape put(String key, Shape inner) {
        return put(key, inner.value());
    }

    Shape nothing(String key) {
        return put(key, Value.NOTHING);
    }

    Shape put(String key, Value value) {
        entries.put(key, value);
        return this;
    }

    /** Empty texts are null in GitHub's payloads. */
    Shape maybe(String key, String text) {
        return text.isEmpty() ? nothing(key) : put(key, text);
    }

    Value value() {
        return Value.of(entries);
    }

    /** A number for what Rondo knows by name: the same for the same name. */
    static long number(String name) {
        var sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    static Shape user(Scene scene, String login) {
        return new Shape()
                .put("login", login)
                .put("id", number(login))
                .put("url", scene.server() + "/api/v3/users/" + login)
                .put("type", bot(login) ? "Bot" : "User")
                .put("site_admin", false);
    }

    private static boolean bot(String login) {
        return login.endsWith("[bot]") || login.startsWith("rondo:");
    }

    /** Ends a payload: where it happened and who did it. */
    Value in(Scene scene, String actor) {
        return put("repository", repository(scene)).put("sender", user(scene, actor)).value();
    }

    static Shape repository(Scene scene) {
        var project = scene.project();
        return new Shape()
                .put("id", number(scene.fullName()))
                .put("name", project.name())
                .put("full_name", scene.fullName())
                .put("private", true)
                .put(
                        "owner",
                        new Shape()
                                .put("name", scene.owner())
                                .put("login", scene.owner())
                                .put("id", number(scene.owner()))
                                .put("type", "Organization")
                                .put("site_admin", false))
                .put("html_url", scene.home())
                .maybe("description", project.description())
                .put("fork", false)
                .put("url", scene.api(""))
                .put("created_at", project.createdAt())
                .put("clone_url", scene.server() + "/" + scene.fullName() + ".git")
                .put("visibility", "private")
                .put("archived", false)
                .put("disabled", false)
                .put("default_branch", project.defaultBranch())
                .put("master_branch", project.defaultBranch());
    }
}
