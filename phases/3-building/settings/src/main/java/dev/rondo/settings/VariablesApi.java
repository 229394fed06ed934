package dev.rondo.settings;

import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Variables of a project and of its environments as GitHub's REST interface has them. */
final class VariablesApi {
    private final ProjectSettings kept;
    private final KeptApi<VariableStore.Listed> variables;

    VariablesApi(ProjectSettings kept) {
        this.kept = kept;
        this.variables =
                new KeptApi<>(
                        kept,
                        "variables",
                        VariableStore::list,
                        one -> Map.of("value", one.value()));
    }

    record VariableJson(String name, String value) {}

    void register(Routes routes) {
        for (String path : variables.paths()) {
            routes.get(path, May.OWN, variables::list);
            routes.post(path, May.OWN, this::add);
            routes.get(path + "/{name}", May.OWN, variables::show);
            routes.patch(path + "/{name}", May.OWN, this::change);
            routes.delete(path + "/{name}", May.OWN, this::remove);
        }
    }

    private void add(Visit visit) {
        VariableJson wanted = visit.body(VariableJson.class);
        String name = Optional.ofNullable(wanted.name()).orElse("").toUpperCase(Locale.ROOT);
        if (variables.all(visit).stream().anyMatch(one -> one.name().equals(name))) {
            throw Refusal.of("building.variable.there", name).at("name").status(409).asException();
        }
        keep(visit, name, Optional.ofNullable(wanted.value()).orElse(""));
        visit.json(201, Map.of());
    }

    private void keep(Visit visit, String name, String value) {
        Optional<Refused> refused =
                kept.variables()
                        .put(
                                visit.project().name(),
                                variables.environment(visit),
                                name,
                                value,
                                visit.caller().account());
        if (refused.isPresent()) {
            throw refused.get().refusal().asException();
        }
    }

    /** Its value, its name, or both. */
    private void change(Visit visit) {
        VariableStore.Listed old = variables.one(visit);
        VariableJson wanted = visit.body(VariableJson.class);
        String name =
                Optional.ofNullable(wanted.name()).orElse(old.name()).toUpperCase(Locale.ROOT);
        keep(visit, name, Optional.ofNullable(wanted.value()).orElse(old.value()));
        if (!name.equals(old.name())) {
            remove(visit);
        }
        visit.http().status(204);
    }

    private void remove(Visit visit) {
        KeptApi.removed(
                visit,
                kept.variables()
                        .remove(
                                visit.project().name(),
                                variables.environment(visit),
                                KeptApi.name(visit),
                                visit.caller().account()));
    }
}
