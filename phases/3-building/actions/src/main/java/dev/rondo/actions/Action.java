package dev.rondo.actions;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An {@code action.yml} without mistakes (GitHub's "Metadata syntax"). */
public record Action(
        String name,
        String description,
        Map<String, Input> inputs,
        Map<String, Output> outputs,
        Runs runs) {

    /**
     * @param fallback the {@code default}, evaluated when the action starts
     * @param deprecation what a user is told who sets it; mostly empty
     */
    public record Input(
            String description, boolean required, Optional<Template> fallback, String deprecation) {

        /** Empty without a default, as in the variable {@code INPUT_…}. */
        public String fallback(Scope scope) {
            return fallback.map(template -> template.value(scope).text()).orElse("");
        }
    }

    /** {@code value} is there only of composite actions. */
    public record Output(String description, Optional<Template> value) {}

    /** A folder with nothing but a {@code Dockerfile} is an action too. */
    public static Action ofDockerfile() {
        var docker =
                new Docker(
                        "Dockerfile",
                        Optional.empty(),
                        new Template.Sequence(List.of(), Position.START),
                        Template.Mapping.EMPTY,
                        Optional.empty(),
                        Optional.empty());
        return new Action("", "", Map.of(), Map.of(), docker);
    }

    /** How it runs. */
    public sealed interface Runs {}

    /** A script before, at and behind the step, by Node of a major version. */
    public record JavaScript(int node, String main, Optional<Hook> pre, Optional<Hook> post)
            implements Runs {}

    /**
     * A container.
     *
     * @param image {@code Dockerfile}, a path to one, or {@code docker://image}
     */
    public record Docker(
            String image,
            Optional<String> entrypoint,
            Template args,
            Template.Mapping env,
            Optional<Hook> pre,
            Optional<Hook> post)
            implements Runs {
        /** The arguments; empty where the image's own are meant. */
        public List<String> args(Scope scope) {
            return args.value(scope) instanceof Value.Arr list
                    ? list.items().stream().map(Value::text).toList()
                    : List.of();
        }
    }

    public record Composite(List<Workflow.Step> steps) implements Runs {}

    /** A script or an entrypoint and when it runs: always, unless it is said otherwise. */
    public record Hook(String what, Expression when) {}

    /** The action, or what is wrong with the file. */
    public sealed interface Reading {
        record Valid(Action action) implements Reading {}

        record Invalid(String file, List<Mistake> mistakes) implements Reading {
            public String text() {
                return String.join("\n", mistakes.stream().map(m -> m.line(file)).toList());
            }
        }
    }

    public static Reading read(String file, String text) {
        return new ActionReader(file).read(text);
    }
}
