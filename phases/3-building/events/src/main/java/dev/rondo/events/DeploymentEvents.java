package dev.rondo.events;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import java.util.List;
import java.util.UUID;

/** {@code deployment} and {@code deployment_status}, of rollouts. */
final class DeploymentEvents {
    private DeploymentEvents() {}

    static List<Happening> started(Scene scene, Event event, Fact.RolloutStarted rollout) {
        var deployment = deployment(scene, event, rollout);
        return List.of(
                Happening.of(
                        "deployment",
                        new Shape()
                                .put("action", "created")
                                .put("deployment", deployment)
                                .in(scene, event.actor()),
                        source(scene, event, rollout),
                        title(rollout)),
                status(scene, event, event, rollout, "in_progress", ""));
    }

    static List<Happening> finished(
            Scene scene, Event event, Fact.RolloutFinished end, List<Event> story) {
        String state =
                switch (end.outcome()) {
                    case "completed" -> "success";
                    case "aborted" -> "error";
                    default -> "failure";
                };
        return story.stream()
                .filter(earlier -> earlier.fact() instanceof Fact.RolloutStarted)
                .limit(1)
                .map(start ->
                        status(
                                scene,
                                event,
                                start,
                                (Fact.RolloutStarted) start.fact(),
                                state,
                                end.reason()))
                .toList();
    }

    private static Happening status(
            Scene scene,
            Event event,
            Event start,
            Fact.RolloutStarted rollout,
            String state,
            String why) {
        String page = page(scene, rollout);
        var status =
                new Shape()
                        .put("id", event.seq())
                        .put("state", state)
                        .put("creator", Shape.user(scene, event.actor()))
                        .put("description", why)
                        .put("environment", rollout.environment())
                        .put("target_url", page)
                        .put("log_url", page)
                        .put("environment_url", "")
                        .put("created_at", event.at())
                        .put("updated_at", event.at());
        return Happening.of(
                "deployment_status",
                new Shape()
                        .put("action", "created")
                        .put("deployment_status", status)
                        .put("deployment", deployment(scene, start, rollout))
                        .in(scene, event.actor()),
                source(scene, event, rollout),
                title(rollout));
    }

    private static String page(Scene scene, Fact.RolloutStarted rollout) {
        return scene.page("rollout", rollout.rollout());
    }

    private static Shape deployment(Scene scene, Event start, Fact.RolloutStarted rollout) {
        String ref = tag(scene, rollout);
        return new Shape()
                .put("id", number(rollout.rollout()))
                .put("sha", rollout.commit())
                .put("ref", ref.isEmpty() ? rollout.commit() : PushEvents.name(ref))
                .put("task", "deploy")
                .put(
                        "payload",
                        new Shape()
                                .put("service", rollout.service())
                                .put("version", rollout.version())
                                .put("strategy", rollout.strategy()))
                .put("original_environment", rollout.environment())
                .put("environment", rollout.environment())
                .put("description", title(rollout))
                .put("creator", Shape.user(scene, start.actor()))
                .put("created_at", start.at())
                .put("updated_at", start.at())
                .put("production_environment", rollout.environment().equals("production"))
                .put("transient_environment", false);
    }

    /** The time of a UUIDv7 and some of its chance, within what JSON's readers keep exact. */
    private static long number(String rollout) {
        try {
            long high = UUID.fromString(rollout).getMostSignificantBits();
            return (high >>> 16 << 5 | high & 0x1f) & (1L << 53) - 1;
        } catch (IllegalArgumentException e) {
            return Shape.number(rollout);
        }
    }

    private static String title(Fact.RolloutStarted rollout) {
        return "%s %s to %s".formatted(rollout.service(), rollout.version(), rollout.environment());
    }

    private static Happening.Source source(Scene scene, Event event, Fact.RolloutStarted rollout) {
        return new Happening.Source(tag(scene, rollout), rollout.commit(), false, event.actor());
    }

    /** The tag of the version, where the deployed commit has it. */
    private static String tag(Scene scene, Fact.RolloutStarted rollout) {
        for (String name : List.of("v" + rollout.version(), rollout.version())) {
            String ref = "refs/tags/" + name;
            if (scene.repository().resolve(ref).filter(rollout.commit()::equals).isPresent()) {
                return ref;
            }
        }
        return "";
    }
}
