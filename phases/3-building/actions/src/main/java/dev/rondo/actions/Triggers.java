package dev.rondo.actions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What starts a workflow: event → its filters and inputs as written. */
public record Triggers(Map<String, Template.Mapping> events) {

    static Triggers of(Optional<Template> on) {
        var events = new LinkedHashMap<String, Template.Mapping>();
        switch (on.orElse(Template.Mapping.EMPTY)) {
            case Template.Mapping mapping ->
                    mapping.entries().forEach(e -> events.put(e.name(), e.value().asMapping()));
            case Template list ->
                    list.items().forEach(e -> events.put(e.source(), Template.Mapping.EMPTY));
        }
        return new Triggers(events);
    }

    public boolean on(String event) {
        return events.containsKey(event);
    }

    public Template.Mapping filters(String event) {
        return events.getOrDefault(event, Template.Mapping.EMPTY);
    }

    /**
     * Whether a push to a full ref name starts the workflow. The changed paths are asked for only
     * where a filter needs them; empty means that they are not known, and then the workflow runs.
     */
    public boolean push(String ref, Supplier<Optional<Set<String>>> changed) {
        if (!on("push")) {
            return false;
        }
        Template.Mapping filters = filters("push");
        boolean tag = ref.startsWith("refs/tags/");
        String name = ref.replaceFirst("^refs/(heads|tags)/", "");
        if (!ref(filters, tag, name)) {
            return false;
        }
        return tag || paths(filters, changed);
    }

    private static boolean ref(Template.Mapping filters, boolean tag, String name) {
        String own = tag ? "tags" : "branches";
        String other = tag ? "branches" : "tags";
        Optional<Template> wanted = filters.get(own);
        Optional<Template> ignored = filters.get(own + "-ignore");
        if (wanted.isPresent() || ignored.isPresent()) {
            return (wanted.isEmpty() || Globs.of(texts(wanted.get())).matches(name))
                    && (ignored.isEmpty() || !Globs.of(texts(ignored.get())).matches(name));
        }
        return filters.get(other).isEmpty() && filters.get(other + "-ignore").isEmpty();
    }

    private static boolean paths(
            Template.Mapping filters, Supplier<Optional<Set<String>>> changed) {
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
