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

    /** What the file says of the token; what it leaves out is the installation's policy. */
    public Optional<Permissions> permissions() {
        return keys.get("permissions").map(Permissions::of);
    }

    public Optional<Concurrency> concurrency() {
        return keys.get("concurrency").map(Concurrency::of);
    }

    public Defaults defaults() {
        return Defaults.of(keys);
    }

    /** The title of a run, an expression over the event; empty where none is written. */
    public Optional<Template> runName() {
        return keys.get("run-name");
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

        public Optional<Permissions> permissions() {
            return keys.get("permissions").map(Permissions::of);
        }

        public Optional<Concurrency> concurrency() {
            return keys.get("concurrency").map(Concurrency::of);
        }

        public Optional<JobEnvironment> environment() {
            return keys.get("environment").map(JobEnvironment::of);
        }

        public Defaults defaults() {
            return Defaults.of(keys);
        }

        public Strategy strategy() {
            return Strategy.of(keys.mapping("strategy"));
        }

        /** Evaluate it and give it to {@link RunsOn#of}. */
        public Optional<Template> runsOn() {
            return keys.get("runs-on");
        }

        /** Evaluate it and give it to {@link Container#of}. */
        public Optional<Template> container() {
            return keys.get("container");
        }

        /** By the name under which the job reaches each; evaluate them as containers. */
        public Template.Mapping services() {
            return keys.mapping("services");
        }

        public Optional<Template> timeoutMinutes() {
            return keys.get("timeout-minutes");
        }

        public Optional<Template> continueOnError() {
            return keys.get("continue-on-error");
        }

        /** What a called workflow gets as inputs. */
        public Template.Mapping with() {
            return keys.mapping("with");
        }

        /** What a called workflow gets as secrets, unless it inherits all. */
        public Template.Mapping secrets() {
            return keys.mapping("secrets");
        }

        public boolean inheritsSecrets() {
            return keys.get("secrets").map(Template::source).orElse("").equals("inherit");
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

        public Optional<Template> timeoutMinutes() {
            return keys.get("timeout-minutes");
        }

        public Optional<Template> continueOnError() {
            return keys.get("continue-on-error");
        }

        public Optional<Template> shell() {
            return keys.get("shell");
        }

        public Optional<Template> workingDirectory() {
            return keys.get("working-directory");
        }

        /** Whether the next step does not wait for its end. */
        public boolean background() {
            return keys.get("background").map(Template::source).orElse("").equals("true");
        }

        /** Whether it does nothing itself, but waits for steps in the background or ends one. */
        public boolean control() {
            return keys.get("wait").isPresent() || waitsForAll() || cancels().isPresent();
        }

        /** The identifiers of the steps in the background whose end it waits for. */
        public List<String> waitsFor() {
            return keys.get("wait").map(Template::items).orElse(List.of()).stream()
                    .map(Template::source)
                    .toList();
        }

        /** {@code wait-all}: all that were not waited for before. */
        public boolean waitsForAll() {
            return keys.get("wait-all").isPresent();
        }

        /** The identifier of the step in the background that it ends. */
        public Optional<String> cancels() {
            return keys.get("cancel").map(Template::source);
        }

        /** Stands behind the steps of a job where some in the background are still going on. */
        public static Step waitAll() {
            var all =
                    new Template.Entry(
                            new Template.Literal(Value.of("wait-all"), Position.START),
                            new Template.Literal(Value.NOTHING, Position.START));
            return new Step(
                    "__wait-all",
                    Position.START,
                    Expression.parse("success()", List.of("success(0,0)")),
                    new Template.Mapping(List.of(all), Position.START));
        }

        private Optional<String> controlTitle() {
            if (!control()) {
                return Optional.empty();
            }
            return Optional.of(
                    waitsForAll() ? "Wait for all" : cancels().isPresent() ? "Cancel" : "Wait");
        }

        /** What the list of steps shows: the name, the action, or the first line of the script. */
        public String title() {
            return keys.get("name")
                    .map(Template::source)
                    .or(this::controlTitle)
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
