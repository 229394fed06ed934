package dev.rondo.events;

import dev.rondo.actions.Value;
import java.util.Map;
import java.util.Optional;

/** Events that somebody asks for: a start by hand, a dispatch from outside, a time that came. */
public final class Orders {
    private Orders() {}

    /**
     * {@code workflow_dispatch} at a full ref name.
     *
     * @param inputs as texts, with the defaults of what was not given
     */
    public static Happening dispatch(
            Scene scene, Happening.Source source, String file, Map<String, String> inputs) {
        Value given = inputs.isEmpty() ? Value.NOTHING : Value.texts(inputs);
        Value payload =
                new Shape()
                        .put("inputs", given)
                        .put("ref", source.ref())
                        .put("workflow", file)
                        .in(scene, source.actor());
        return Happening.of("workflow_dispatch", payload, source, "");
    }

    /** {@code repository_dispatch}; empty where the default branch has no commit yet. */
    public static Optional<Happening> repositoryDispatch(
            Scene scene, String type, Value clientPayload, String actor) {
        Value payload =
                new Shape()
                        .put("action", type)
                        .put("branch", scene.project().defaultBranch())
                        .put("client_payload", clientPayload)
                        .in(scene, actor);
        return Sources.defaultBranch(scene, actor)
                .map(source -> Happening.of("repository_dispatch", payload, source, type));
    }

    /** {@code schedule}, with the time table that was due. */
    public static Optional<Happening> schedule(Scene scene, String cron, String actor) {
        Value payload =
                new Shape()
                        .put("schedule", cron)
                        .put("repository", Shape.repository(scene))
                        .value();
        return Sources.defaultBranch(scene, actor, true)
                .map(source -> Happening.of("schedule", payload, source, ""));
    }
}
