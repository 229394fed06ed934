package dev.rondo.building;

import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Compares what came of a scenario with what was expected. */
final class ScenarioVerdict {
    private final Yard yard;
    private final Scenario scenario;
    private final List<String> problems = new ArrayList<>();

    ScenarioVerdict(Yard yard, Scenario scenario) {
        this.yard = yard;
        this.scenario = scenario;
    }

    /** How many runs are expected. */
    int wanted() {
        JsonNode runs = scenario.expect().path("runs");
        return runs.isArray() ? runs.size() : runs.asInt(1);
    }

    List<String> problems(List<Run> runs) {
        same("number of runs " + names(runs), wanted(), runs.size());
        JsonNode each = scenario.expect().path("runs");
        if (each.isArray()) {
            var left = new ArrayList<>(runs);
            for (JsonNode one : each) {
                String file = one.path("workflow").asString("");
                Optional<Run> run =
                        left.stream().filter(r -> r.file().endsWith("/" + file)).findFirst();
                run.ifPresentOrElse(
                        r -> {
                            left.remove(r);
                            run(one, r);
                        },
                        () -> problems.add("no run of " + file));
            }
        } else if (!runs.isEmpty()) {
            run(scenario.expect(), runs.getLast());
        }
        return problems;
    }

    private static List<String> names(List<Run> runs) {
        return runs.stream().map(run -> run.file() + " " + run.standing()).toList();
    }

    private void run(JsonNode wanted, Run run) {
        text(wanted, "conclusion", run.progress().outcome());
        text(wanted, "title", run.title());
        text(wanted, "name", run.name());
        text(wanted, "event", run.event().name());
        text(wanted, "ref", run.source().ref());
        if (wanted.has("attempt")) {
            same("attempt", wanted.get("attempt").asInt(), run.attempt());
        }
        for (String message : Scenario.texts(wanted.path("message"))) {
            if (!run.progress().message().contains(message)) {
                problems.add("message lacks '" + message + "': " + run.progress().message());
            }
        }
        List<RunJob> jobs = yard.jobs(run);
        if (wanted.has("jobNames")) {
            same(
                    "names of jobs",
                    Scenario.texts(wanted.get("jobNames")),
                    jobs.stream().map(RunJob::name).toList());
        }
        if (wanted.path("oneAtATime").asBoolean(false)) {
            oneAtATime(jobs);
        }
        wanted.path("jobs")
                .properties()
                .forEach(one ->
                        jobs.stream()
                                .filter(job -> job.name().equals(one.getKey()))
                                .findFirst()
                                .ifPresentOrElse(
                                        job -> job(one.getValue(), run, job),
                                        () ->
                                                problems.add(
                                                        "no job '%s' among %s"
                                                                .formatted(
                                                                        one.getKey(),
                                                                        jobs.stream()
                                                                                .map(RunJob::name)
                                                                                .toList()))));
        for (String secret : Scenario.texts(wanted.path("nowhere"))) {
            for (RunJob job : jobs) {
                if (yard.log(run, job.id()).contains(secret)) {
                    problems.add("the log of " + job.name() + " shows '" + secret + "'");
                }
            }
        }
        if (!problems.isEmpty()) {
            problems.add("run: " + run.standing() + " " + run.progress().message());
        }
    }

    private void oneAtATime(List<RunJob> jobs) {
        List<RunJob> inTime =
                jobs.stream().sorted(Comparator.comparingLong(RunJob::startedAt)).toList();
        for (int i = 1; i < inTime.size(); i++) {
            if (inTime.get(i).startedAt() < inTime.get(i - 1).finishedAt()) {
                problems.add(
                        inTime.get(i).name()
                                + " began before "
                                + inTime.get(i - 1).name()
                                + " had ended");
            }
        }
    }

    /** A text stands for the result alone. */
    private void job(JsonNode wanted, Run run, RunJob job) {
        String of = job.name() + ": ";
        int before = problems.size();
        if (wanted.isString()) {
            same(of + "result", wanted.asString(), job.outcome());
        } else {
            text(wanted, "result", job.outcome());
            if (wanted.has("allowed")) {
                same(of + "allowed", wanted.get("allowed").asBoolean(), job.allowed());
            }
            if (wanted.has("outputs")) {
                same(of + "outputs", wanted.get("outputs"), json(job.outputs()));
            }
            text(wanted, "url", job.gate().url());
            List<RunStep> steps = yard.steps(run, job.id());
            wanted.path("steps").properties().forEach(one -> step(of, one, steps));
            if (wanted.has("titles")) {
                same(
                        of + "titles of steps",
                        Scenario.texts(wanted.get("titles")),
                        steps.stream().map(RunStep::title).toList());
            }
            List<String> lines = yard.log(run, job.id()).lines().toList();
            inOrder(of, Scenario.texts(wanted.path("log")), lines);
            for (String absent : Scenario.texts(wanted.path("absent"))) {
                lines.stream()
                        .filter(matching(absent))
                        .findFirst()
                        .ifPresent(line -> problems.add(of + "log holds '" + line + "'"));
            }
            annotations(of, wanted.path("annotations"), run, job);
            summary(of, wanted, steps);
        }
        if (problems.size() > before) {
            problems.add(of + job.standing() + " " + job.message());
            problems.add(of + "its log is\n" + yard.log(run, job.id()));
        }
    }

    private static JsonNode json(String text) {
        return tools.jackson.databind.json.JsonMapper.shared().readTree(text);
    }

    /** By title or identifier: the conclusion, or outcome/conclusion where they differ. */
    private void step(
            String of, java.util.Map.Entry<String, JsonNode> wanted, List<RunStep> steps) {
        steps.stream()
                .filter(step ->
                        step.title().equals(wanted.getKey()) || step.id().equals(wanted.getKey()))
                .findFirst()
                .ifPresentOrElse(
                        step ->
                                same(
                                        of + wanted.getKey(),
                                        wanted.getValue().asString(),
                                        step.outcome().equals(step.conclusion())
                                                ? step.conclusion()
                                                : step.outcome() + "/" + step.conclusion()),
                        () ->
                                problems.add(
                                        of
                                                + "no step '"
                                                + wanted.getKey()
                                                + "' among "
                                                + steps.stream().map(RunStep::title).toList()));
    }

    private void inOrder(String of, List<String> wanted, List<String> lines) {
        int from = 0;
        for (String line : wanted) {
            int at = from;
            while (at < lines.size() && !matching(line).test(lines.get(at))) {
                at++;
            }
            if (at == lines.size()) {
                problems.add(of + "log lacks '" + line + "' after line " + from);
            } else {
                from = at + 1;
            }
        }
    }

    /** A whole line; one that ends in … for its beginning; /…/ for a pattern anywhere in it. */
    static java.util.function.Predicate<String> matching(String wanted) {
        if (wanted.length() > 2 && wanted.startsWith("/") && wanted.endsWith("/")) {
            return Pattern.compile(wanted.substring(1, wanted.length() - 1)).asPredicate();
        }
        return wanted.endsWith("…")
                ? line -> line.startsWith(wanted.substring(0, wanted.length() - 1))
                : wanted::equals;
    }

    /** All of the job, in order; only the fields that are written count. */
    private void annotations(String of, JsonNode wanted, Run run, RunJob job) {
        if (wanted.isMissingNode()) {
            return;
        }
        List<JsonNode> found = yard.annotations(run, job.id());
        same(of + "number of annotations " + found, wanted.size(), found.size());
        for (int i = 0; i < Math.min(wanted.size(), found.size()); i++) {
            JsonNode one = found.get(i);
            wanted.get(i)
                    .properties()
                    .forEach(field ->
                            same(
                                    of + "annotation's " + field.getKey(),
                                    field.getValue(),
                                    one.path(field.getKey())));
        }
    }

    private void summary(String of, JsonNode wanted, List<RunStep> steps) {
        if (wanted.has("summary")) {
            var all = new StringBuilder();
            steps.forEach(step -> all.append(step.summary()));
            same(of + "summary", wanted.get("summary").asString(), all.toString());
        }
    }

    private void text(JsonNode wanted, String field, String found) {
        if (wanted.has(field)) {
            same(field.toLowerCase(Locale.ROOT), wanted.get(field).asString(), found);
        }
    }

    private void same(String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            problems.add(what + ": expected " + wanted + ", found " + found);
        }
    }
}
