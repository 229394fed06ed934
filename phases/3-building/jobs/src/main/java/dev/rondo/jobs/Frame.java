package dev.rondo.jobs;

import dev.rondo.actions.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One level of steps: those of the job, or those inside a composite action, which see their own
 * inputs and steps and the variables of the step around.
 */
final class Frame {
    private final Source source;
    private final Value inputs;
    private final Map<String, String> env;
    private final String name;
    private final int depth;
    private final Map<String, Value> steps;
    private @Nullable Value seen;
    private String current = "";
    private boolean failed;

    /** What {@code github.action_…} says; all empty for the steps of the job itself. */
    record Source(String path, String repository, String ref) {
        static final Source JOB = new Source("", "", "");
    }

    private Frame(Source source, Value inputs, Map<String, String> env, String name, int depth) {
        this(source, inputs, env, name, depth, new LinkedHashMap<>());
    }

    private Frame(
            Source source,
            Value inputs,
            Map<String, String> env,
            String name,
            int depth,
            Map<String, Value> steps) {
        this.steps = steps;
        this.source = source;
        this.inputs = inputs;
        this.env = env;
        this.name = name;
        this.depth = depth;
    }

    static Frame ofJob(Value inputs) {
        return new Frame(Source.JOB, inputs, Map.of(), "", 0);
    }

    /** As it stands now, for a step that runs beside the others of the level. */
    Frame beside() {
        return new Frame(source, inputs, env, name, depth, new LinkedHashMap<>(steps));
    }

    /** The steps inside an action that a step of this level uses. */
    Frame inside(String step, Source action, Value given, Map<String, String> variables) {
        return new Frame(action, given, variables, path(step), depth + 1);
    }

    /** Names a step among all levels. */
    String path(String step) {
        return name.isEmpty() ? step : name + "." + step;
    }

    boolean job() {
        return depth == 0;
    }

    int depth() {
        return depth;
    }

    Source source() {
        return source;
    }

    Value inputs() {
        return inputs;
    }

    /** Variables that all steps of this level have beside those of the job. */
    Map<String, String> env() {
        return env;
    }

    /** Made once for each step that ended: a job has many, and each looks more than once. */
    Value steps() {
        var known = seen;
        if (known == null) {
            known = Value.of(steps);
            seen = known;
        }
        return known;
    }

    /** The step whose turn it is. */
    String current() {
        return current;
    }

    void turn(String id) {
        current = id;
    }

    boolean failed() {
        return failed;
    }

    void fail() {
        failed = true;
    }

    void ended(String id, String outcome, String conclusion, Map<String, String> outputs) {
        var step = new LinkedHashMap<String, Value>();
        step.put("outputs", Value.texts(outputs));
        step.put("outcome", Value.of(outcome));
        step.put("conclusion", Value.of(conclusion));
        steps.put(id, Value.of(step));
        seen = null;
    }
}
