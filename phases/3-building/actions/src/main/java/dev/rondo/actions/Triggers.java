package dev.rondo.actions;

import dev.rondo.actions.Template.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What starts a workflow: event → its filters and inputs as written. */
public record Triggers(Map<String, Template> events) {
    /** Only these types start a workflow that names none ("Events that trigger workflows"). */
    private static final List<String> PULL_REQUEST_TYPES =
            List.of("opened", "synchronize", "reopened");

    private static final Set<String> PULL_REQUESTS = Set.of("pull_request", "pull_request_target");

    /**
     * Something that happened.
     *
     * @param name as in {@code on}
     * @param payload of the webhook, in GitHub's shape
     * @param headMessage of the newest commit, which may ask to skip
     * @param changed paths, asked for only where a filter needs them; empty where they are not
     *     known, and then the workflow runs
     */
    public record Event(
            String name,
            Value payload,
            Optional<String> headMessage,
            Supplier<Optional<Set<String>>> changed) {

        public static Event of(String name, Value payload) {
            return new Event(name, payload, Optional.empty(), Optional::empty);
        }
    }

    /** Whether an event starts the workflow, and if not, why. */
    public sealed interface Decision {
        record Runs() implements Decision {}

        /** {@code why} is for people who look for a run that did not come. */
        record Stays(String why) implements Decision {}
    }

    static Triggers of(Optional<Template> on) {
        var events = new LinkedHashMap<String, Template>();
        switch (on.orElse(Mapping.EMPTY)) {
            case Mapping mapping -> mapping.entries().forEach(e -> events.put(e.name(), e.value()));
            case Template list -> list.items().forEach(e -> events.put(e.source(), Mapping.EMPTY));
        }
        return new Triggers(events);
    }

    public boolean on(String event) {
        return events.containsKey(event);
    }

    public Mapping filters(String event) {
        return events.getOrDefault(event, Mapping.EMPTY).asMapping();
    }

    /** The entries of {@code schedule}, each with {@code cron} and perhaps {@code timezone}. */
    List<Mapping> schedules() {
        var all = new ArrayList<Mapping>();
        Optional.ofNullable(events.get("schedule"))
                .ifPresent(list -> list.items().forEach(item -> all.add(item.asMapping())));
        return all;
    }

    /** The time tables as written. */
    public List<Schedule> timeTables() {
        return schedules().stream().flatMap(entry -> Schedule.of(entry).stream()).toList();
    }

    /** What a person is asked for who starts the workflow by hand. */
    public List<Input> dispatchInputs() {
        return Input.all(filters("workflow_dispatch").mapping("inputs"));
    }

    /** What a workflow must give that calls this one; empty where none may. */
    public Optional<Interface> callable() {
        return on("workflow_call")
                ? Optional.of(Interface.of(filters("workflow_call")))
                : Optional.empty();
    }

    /** Whether the event starts the workflow of the given name. */
    public Decision decide(Event event) {
        String name = event.name();
        if (!on(name)) {
            return stays("the workflow is not started by " + name);
        }
        boolean skippable = name.equals("push") || name.equals("pull_request");
        Optional<String> message =
                event.headMessage().or(() -> Optional.of(headOfPush(event.payload())));
        if (skippable && message.filter(SkipMarks::skip).isPresent()) {
            return stays("the commit message asks to skip the workflows");
        }
        Mapping filters = filters(name);
        Optional<String> wrongType = wrongType(name, filters, event.payload());
        if (wrongType.isPresent()) {
            return stays(wrongType.get());
        }
        return switch (name) {
            case "push" -> pushed(event);
            case "pull_request", "pull_request_target" ->
                    targeted(event, event.payload().at("pull_request").at("base").at("ref"), true);
            case "merge_group" ->
                    targeted(event, event.payload().at("merge_group").at("base_ref"), false);
            case "workflow_run" -> after(event);
            case "schedule" -> scheduled(event.payload().at("schedule").text());
            default -> new Decision.Runs();
        };
    }

    private static Decision stays(String why) {
        return new Decision.Stays(why);
    }

    private static String headOfPush(Value payload) {
        return payload.at("head_commit").at("message").text();
    }

    private static Optional<String> wrongType(String name, Mapping filters, Value payload) {
        Optional<List<String>> written = filters.get("types").map(Triggers::texts);
        List<String> types =
                written.orElse(PULL_REQUESTS.contains(name) ? PULL_REQUEST_TYPES : List.of());
        String action = payload.at("action").text();
        return types.isEmpty() || types.contains(action)
                ? Optional.empty()
                : Optional.of(
                        "the type '%s' is not among %s"
                                .formatted(action, String.join(", ", types)));
    }

    private Decision pushed(Event event) {
        if (event.payload().at("deleted").truthy()) {
            return stays("the branch or tag was deleted");
        }
        String ref = event.payload().at("ref").text();
        return push(ref, event.changed())
                ? new Decision.Runs()
                : stays("the filters of push leave %s out".formatted(ref));
    }

    private Decision targeted(Event event, Value target, boolean paths) {
        Mapping filters = filters(event.name());
        String branch = target.text().replaceFirst("^refs/heads/", "");
        if (!named(filters, "branches", branch)) {
            return stays("the branch filters leave '%s' out".formatted(branch));
        }
        return !paths || paths(filters, event.changed())
                ? new Decision.Runs()
                : stays("the path filters leave all changed files out");
    }

    private Decision after(Event event) {
        Mapping filters = filters("workflow_run");
        Value run = event.payload().at("workflow_run");
        Optional<List<String>> workflows = filters.get("workflows").map(Triggers::texts);
        String finished =
                run.at("name").truthy()
                        ? run.at("name").text()
                        : event.payload().at("workflow").at("name").text();
        if (workflows.isPresent() && !workflows.get().contains(finished)) {
            return stays("the workflow '%s' is not named".formatted(finished));
        }
        String branch = run.at("head_branch").text();
        return named(filters, "branches", branch)
                ? new Decision.Runs()
                : stays("the branch filters leave '%s' out".formatted(branch));
    }

    private Decision scheduled(String cron) {
        return timeTables().stream().anyMatch(entry -> entry.text().equals(cron))
                ? new Decision.Runs()
                : stays("the schedule '%s' is not written".formatted(cron));
    }

    /**
     * Whether a push to a full ref name starts the workflow. The changed paths are asked for only
     * where a filter needs them; empty means that they are not known, and then the workflow runs.
     */
    public boolean push(String ref, Supplier<Optional<Set<String>>> changed) {
        if (!on("push")) {
            return false;
        }
        Mapping filters = filters("push");
        boolean tag = ref.startsWith("refs/tags/");
        String name = ref.replaceFirst("^refs/(heads|tags)/", "");
        return ref(filters, tag, name) && (tag || paths(filters, changed));
    }

    private static boolean ref(Mapping filters, boolean tag, String name) {
        String own = tag ? "tags" : "branches";
        String other = tag ? "branches" : "tags";
        boolean filtered = filters.get(own).isPresent() || filters.get(own + "-ignore").isPresent();
        return filtered
                ? named(filters, own, name)
                : filters.get(other).isEmpty() && filters.get(other + "-ignore").isEmpty();
    }

    private static boolean named(Mapping filters, String key, String name) {
        Optional<Template> wanted = filters.get(key);
        Optional<Template> ignored = filters.get(key + "-ignore");
        return (wanted.isEmpty() || Globs.of(texts(wanted.get())).matches(name))
                && (ignored.isEmpty() || !Globs.of(texts(ignored.get())).matches(name));
    }

    private static boolean paths(Mapping filters, Supplier<Optional<Set<String>>> changed) {
        Optional<Template> wanted = filters.get("paths");
        Optional<Template> ignored = filters.get("paths-ignore");
        if (wanted.isEmpty() && ignored.isEmpty()) {
            return true;
        }
        Optional<Set<String>> paths = changed.get();
        if (paths.isEmpty()) {
            return true;
        }
        if (wanted.isPresent()) {
            Globs globs = Globs.of(texts(wanted.get()));
            return paths.get().stream().anyMatch(globs::matches);
        }
        Globs globs = Globs.of(texts(ignored.orElseThrow()));
        return paths.get().stream().anyMatch(path -> !globs.matches(path));
    }

    static List<String> texts(Template list) {
        var texts = new ArrayList<String>();
        list.items().forEach(item -> texts.add(item.source()));
        return texts;
    }
}
