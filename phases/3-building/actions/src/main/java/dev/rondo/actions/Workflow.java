package dev.rondo.actions;

import java.util.List;
import java.util.Optional;

/**
 * A workflow file that has no mistakes. {@code keys} is the whole file; what is read often has a
 * name of its own.
 */
public record Workflow(String file, Triggers on, List<Job> jobs, Template.Mapping keys) {

    /** The name as written, or the file. */
    public String name() {
        return keys.get("name").map(Template::source).filter(n -> !n.isBlank()).orElse(file);
    }

    public Template.Mapping env() {
        return keys.mapping("env");
    }

    public Optional<Job> job(String id) {
        return jobs.stream().filter(job -> job.id().equals(id)).findFirst();
    }

    /**
     * A job. Of one that calls another workflow, {@code steps} is empty and {@code uses} is there.
     */
    public record Job(
            String id,
            Position at,
            List<String> needs,
            Expression condition,
            List<Step> steps,
            Template.Mapping keys) {

        public Optional<Template> key(String name) {
            return keys.get(name);
        }

        public Optional<String> uses() {
            return keys.get("uses").map(Template::source);
        }

        public Template.Mapping env() {
            return keys.mapping("env");
        }

        public Template.Mapping outputs() {
            return keys.mapping("outputs");
        }
    }

    /** A step; {@code id} is made up (two underscores in front) where none is written. */
    public record Step(String id, Position at, Expression condition, Template.Mapping keys) {

        public Optional<Template> key(String name) {
            return keys.get(name);
        }

        public Optional<Template> run() {
            return keys.get("run");
        }

        public Optional<String> uses() {
            return keys.get("uses").map(Template::source);
        }

        public Template.Mapping with() {
            return keys.mapping("with");
        }

        public Template.Mapping env() {
            return keys.mapping("env");
        }

        /** What the list of steps shows: the name, the action, or the first line of the script. */
        public String title() {
            return keys.get("name")
                    .map(Template::source)
                    .or(() -> uses().map(uses -> "Run " + uses))
                    .or(() -> run().map(run -> "Run " + firstLine(run.source())))
                    .orElse(id);
        }

        private static String firstLine(String script) {
            String stripped = script.strip();
            int end = stripped.indexOf('\n');
            return end < 0 ? stripped : stripped.substring(0, end).stripTrailing();
        }
    }
}
