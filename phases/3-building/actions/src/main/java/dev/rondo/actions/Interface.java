package dev.rondo.actions;

import dev.rondo.actions.Template.Entry;
import dev.rondo.actions.Template.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a workflow takes and gives that others call: {@code on.workflow_call}. */
public record Interface(
        List<Input> inputs, List<Secret> secrets, Map<String, Output> outputs, Mapping written) {

    public record Secret(String name, String description, boolean required) {}

    public record Output(String description, Template value) {}

    static Interface of(Mapping call) {
        var secrets = new ArrayList<Secret>();
        for (Entry entry : call.mapping("secrets").entries()) {
            Mapping body = entry.value().asMapping();
            secrets.add(
                    new Secret(
                            entry.name(),
                            body.get("description").map(Template::source).orElse(""),
                            body.get("required").map(Template::source).orElse("").equals("true")));
        }
        var outputs = new LinkedHashMap<String, Output>();
        for (Entry entry : call.mapping("outputs").entries()) {
            Mapping body = entry.value().asMapping();
            body.get("value")
                    .ifPresent(value ->
                            outputs.put(
                                    entry.name(),
                                    new Output(
                                            body.get("description")
                                                    .map(Template::source)
                                                    .orElse(""),
                                            value)));
        }
        return new Interface(
                Input.all(call.mapping("inputs")), List.copyOf(secrets), outputs, call);
    }
}
