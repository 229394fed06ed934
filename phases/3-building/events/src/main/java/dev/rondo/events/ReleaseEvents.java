package dev.rondo.events;

import dev.rondo.actions.Value;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code release}. A draft starts nothing, as on GitHub; one that is published is {@code published}
 * and {@code released} (or {@code prereleased}), one that is recalled {@code unpublished}.
 */
final class ReleaseEvents {
    private ReleaseEvents() {}

    static List<Happening> published(Scene scene, Event event, Fact.ReleasePublished release) {
        String second = prerelease(release.version()) ? "prereleased" : "released";
        return List.of(
                happening(scene, event, release, "published", event.at()),
                happening(scene, event, release, second, event.at()));
    }

    static List<Happening> recalled(Scene scene, Event event, List<Event> story) {
        var happenings = new ArrayList<Happening>();
        for (Event earlier : story) {
            if (earlier.fact() instanceof Fact.ReleasePublished release) {
                happenings.clear();
                happenings.add(happening(scene, event, release, "unpublished", earlier.at()));
            }
        }
        return happenings;
    }

    private static boolean prerelease(String version) {
        return version.contains("-");
    }

    private static Happening happening(
            Scene scene, Event event, Fact.ReleasePublished release, String action, Instant at) {
        String page = scene.page("release", release.version());
        var assets = new ArrayList<Value>();
        release.artifacts()
                .forEach(artifact ->
                        assets.add(
                                new Shape()
                                        .put("id", Shape.number(artifact.digest()))
                                        .put("name", artifact.name())
                                        .put("content_type", "application/gzip")
                                        .put("state", "uploaded")
                                        .put("size", artifact.size())
                                        .put("digest", artifact.digest())
                                        .value()));
        var shape =
                new Shape()
                        .put("id", Shape.number(scene.fullName() + "/" + release.version()))
                        .put("tag_name", release.tag())
                        .put("target_commitish", release.commit())
                        .put("name", release.version())
                        .put("draft", action.equals("unpublished"))
                        .put("author", Shape.user(scene, event.actor()))
                        .put("prerelease", prerelease(release.version()))
                        .put("created_at", at)
                        .put("published_at", at)
                        .put("assets", assets)
                        .put("html_url", page)
                        .nothing("body");
        return Happening.of(
                "release",
                new Shape().put("action", action).put("release", shape).in(scene, event.actor()),
                new Happening.Source(
                        "refs/tags/" + release.tag(), release.commit(), false, event.actor()),
                release.version());
    }
}
