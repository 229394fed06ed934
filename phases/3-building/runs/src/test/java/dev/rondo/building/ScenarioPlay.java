package dev.rondo.building;

import dev.rondo.access.Outcome;
import dev.rondo.access.Project;
import dev.rondo.access.Projects;
import dev.rondo.actions.Value;
import dev.rondo.engine.Rerun;
import dev.rondo.engine.Reviews;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.records.Run;
import dev.rondo.records.RunRows;
import dev.rondo.settings.Environment;
import dev.rondo.settings.EnvironmentStore;
import dev.rondo.settings.ProjectSettings;
import dev.rondo.settings.SecretStore;
import dev.rondo.triggers.Dispatches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plays one scenario on a yard in a project of its own: what happens, in order, to the end. */
final class ScenarioPlay {
    private static final JsonNode ONE_PUSH = JsonMapper.shared().readTree("[{\"push\": {}}]");

    private final Yard yard;
    private final Scenario scenario;
    private final ScenarioRepository repository;
    private final long end;
    private final List<String> problems = new ArrayList<>();

    private ScenarioPlay(Yard yard, Scenario scenario, int seconds) {
        this.yard = yard;
        this.scenario = scenario;
        this.repository = new ScenarioRepository(yard, scenario.project());
        this.end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    }

    /** What is not as expected, one sentence each; never longer than so many seconds. */
    static List<String> problems(Yard yard, Scenario scenario, int seconds)
            throws InterruptedException {
        return new ScenarioPlay(yard, scenario, seconds).play();
    }

    private List<String> play() throws InterruptedException {
        keep();
        repository.write("main", scenario.files(), List.of());
        JsonNode events = scenario.expect().path("events");
        for (JsonNode event : events.isArray() ? events : ONE_PUSH) {
            event(event);
        }
        var verdict = new ScenarioVerdict(yard, scenario);
        int wanted = verdict.wanted();
        if (!until(() -> runs().size() >= wanted && quiet())) {
            problems.add("not at its end after the time, runs: " + standing());
        }
        problems.addAll(verdict.problems(runs()));
        return problems;
    }

    private void keep() {
        SecretStore secrets = yard.phase().shop().settings().secrets();
        scenario.expect()
                .path("secrets")
                .properties()
                .forEach(one ->
                        secrets.put(
                                        scenario.project(),
                                        one.getKey(),
                                        one.getValue().asString(),
                                        "olga")
                                .ifPresent(refused -> problems.add(refused.key())));
        keepVariables("", scenario.expect().path("vars"));
        scenario.expect()
                .path("environments")
                .properties()
                .forEach(one -> keepEnvironment(one.getKey(), one.getValue()));
    }

    private void keepVariables(String environment, JsonNode variables) {
        variables
                .properties()
                .forEach(one ->
                        yard.phase()
                                .shop()
                                .settings()
                                .variables()
                                .put(
                                        scenario.project(),
                                        environment,
                                        one.getKey(),
                                        one.getValue().asString(),
                                        "olga")
                                .ifPresent(refused -> problems.add(refused.key())));
    }

    private void keepEnvironment(String name, JsonNode rules) {
        ProjectSettings settings = yard.phase().shop().settings();
        settings.environments().create(scenario.project(), name, "olga");
        settings.environments()
                .save(
                        scenario.project(),
                        new Environment(
                                EnvironmentStore.folded(name),
                                name,
                                Scenario.texts(rules.path("reviewers")),
                                rules.path("noSelf").asBoolean(false),
                                true,
                                rules.path("wait").asInt(0),
                                Scenario.texts(rules.path("branches"))),
                        "olga");
        rules.path("secrets")
                .properties()
                .forEach(one ->
                        settings.secrets()
                                .put(
                                        scenario.project(),
                                        EnvironmentStore.folded(name),
                                        one.getKey(),
                                        one.getValue().asString(),
                                        "olga")
                                .ifPresent(refused -> problems.add(refused.key())));
        keepVariables(EnvironmentStore.folded(name), rules.path("vars"));
    }

    private void review(JsonNode how, String verdict) {
        String environment = how.path("environment").asString("");
        Outcome<Run> outcome =
                yard.phase()
                        .orders()
                        .reviews()
                        .say(
                                numbered(how),
                                new Reviews.Said(
                                        environment.isEmpty() ? List.of() : List.of(environment),
                                        verdict,
                                        "",
                                        how.path("by").asString("olga"),
                                        false));
        if (outcome instanceof Outcome.Refused<Run> refused) {
            problems.add("review refused with " + refused.key());
        }
    }

    private void event(JsonNode event) throws InterruptedException {
        var what = event.propertyStream().findFirst().orElseThrow();
        JsonNode how = what.getValue();
        switch (what.getKey()) {
            case "seed" -> {
                change(how);
                repository.move(ref(how));
            }
            case "push" -> {
                change(how);
                heard(repository.push(ref(how)));
            }
            case "delete" -> heard(repository.delete(ref(how)));
            case "tell" -> heard(tell(how));
            case "wait" -> waitFor(how);
            case "dispatch" -> dispatch(how);
            case "repository_dispatch" -> repositoryDispatch(how);
            case "cancel" -> yard.phase().orders().cancel(numbered(how), "olga");
            case "approve" -> review(how, "approved");
            case "reject" -> review(how, "rejected");
            case "rerun" ->
                    yard.phase()
                            .orders()
                            .rerun(
                                    numbered(how),
                                    how.path("failed").asBoolean(false) ? Rerun.FAILED : Rerun.ALL,
                                    "olga");
            default -> throw new UnsupportedOperationException("event " + what.getKey());
        }
    }

    private void change(JsonNode how) {
        if (how.has("on")) {
            repository.checkout(how.get("on").asString());
        }
        var files = new TreeMap<String, String>();
        how.path("files")
                .properties()
                .forEach(file -> files.put(file.getKey(), file.getValue().asString()));
        if (how.has("submodule")) {
            repository.submodule(
                    how.at("/submodule/path").asString(), how.at("/submodule/project").asString());
        }
        String branch = how.path("branch").asString("");
        if (!branch.isEmpty() || !files.isEmpty() || how.has("removed")) {
            repository.write(
                    branch.isEmpty() ? "main" : branch, files, Scenario.texts(how.path("removed")));
        }
        if (!how.path("nothing").asBoolean(false)) {
            repository.commit(how.path("message").asString("Change things"));
        }
    }

    private static String ref(JsonNode how) {
        String tag = how.path("tag").asString("");
        return tag.isEmpty()
                ? "refs/heads/" + how.path("branch").asString("main")
                : "refs/tags/" + tag;
    }

    /** A fact of another phase, such as a release; {@code HEAD} stands for the newest commit. */
    private long tell(JsonNode how) {
        String head = repository.bare().resolve("main").orElseThrow();
        String payload = how.get("payload").toString().replace("\"HEAD\"", '"' + head + '"');
        String[] subject = how.get("subject").asString().split(":", 2);
        for (Class<?> type : Fact.class.getDeclaredClasses()) {
            if (type.getSimpleName().equals(how.get("fact").asString())) {
                var fact = (Fact) JsonMapper.shared().readValue(payload, type);
                var draft =
                        new Draft(
                                scenario.project(),
                                Subject.of(subject[0], subject[1]),
                                "olga",
                                fact);
                return yard.spine.store().write(tx -> yard.spine.journal().append(tx, draft)).seq();
            }
        }
        throw new IllegalArgumentException("no fact " + how.get("fact"));
    }

    /** Until the phase has looked at an event and queued what it sets off. */
    private void heard(long seq) throws InterruptedException {
        if (!until(() -> yard.heard(seq))) {
            problems.add("the event " + seq + " was not heard in time");
        }
    }

    /** For a run to stand so, or for a line of a job's log. */
    private void waitFor(JsonNode how) throws InterruptedException {
        String standing = how.path("standing").asString("");
        String line = how.path("line").asString("");
        long number = how.path("run").asLong(1);
        boolean came =
                until(() -> {
                    var run = yard.maybeRun(scenario.project(), number);
                    return run.isPresent()
                            && (standing.isEmpty() || run.get().standing().equals(standing))
                            && (line.isEmpty()
                                    || yard.jobs(run.get()).stream()
                                            .anyMatch(job ->
                                                    yard.log(run.get(), job.id())
                                                            .lines()
                                                            .anyMatch(line::equals)));
                });
        if (!came) {
            problems.add("did not come: " + how + ", runs: " + standing());
        }
    }

    private void dispatch(JsonNode how) {
        var inputs = new TreeMap<String, String>();
        how.path("inputs")
                .properties()
                .forEach(input -> inputs.put(input.getKey(), input.getValue().asString()));
        Outcome<Run> outcome =
                yard.phase()
                        .dispatches()
                        .order(
                                project(),
                                new Dispatches.Wanted(
                                        how.path("workflow").asString("ci.yml"),
                                        how.path("ref").asString(""),
                                        Map.copyOf(inputs)),
                                "olga");
        String refused =
                outcome instanceof Outcome.Refused<Run> no
                        ? no.key() + " " + no.field() + " " + no.args()
                        : "";
        String wanted = how.path("refused").asString("");
        if (!refused.contains(wanted) || wanted.isEmpty() != refused.isEmpty()) {
            problems.add("dispatch refused with '" + refused + "' instead of '" + wanted + "'");
        }
    }

    private void repositoryDispatch(JsonNode how) {
        JsonNode payload = how.path("client_payload");
        Outcome<Integer> outcome =
                yard.phase()
                        .dispatches()
                        .repositoryDispatch(
                                project(),
                                how.get("event_type").asString(),
                                Value.json(payload.isMissingNode() ? "{}" : payload.toString()),
                                "olga");
        if (outcome instanceof Outcome.Refused<Integer> refused) {
            problems.add("repository_dispatch refused with " + refused.key());
        }
    }

    private Project project() {
        return yard.spine.store().read(sql -> Projects.find(sql, scenario.project())).orElseThrow();
    }

    private Run numbered(JsonNode how) {
        return yard.maybeRun(scenario.project(), how.path("run").asLong(1)).orElseThrow();
    }

    private List<Run> runs() {
        return yard.spine.store().read(sql -> RunRows.above(sql, scenario.project(), 0, 1_000));
    }

    private boolean quiet() {
        return runs().stream().allMatch(Run::finished);
    }

    private String standing() {
        var text = new StringBuilder();
        for (Run run : runs()) {
            text.append(run.number()).append(' ').append(run.file()).append(' ');
            text.append(run.standing()).append(" (");
            yard.jobs(run)
                    .forEach(job ->
                            text.append(job.name())
                                    .append(' ')
                                    .append(job.standing())
                                    .append("; "));
            text.append(") ");
        }
        return text.toString();
    }

    private boolean until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(30);
        }
        return true;
    }
}
