package dev.rondo.actions;

import dev.rondo.actions.Template.Entry;
import dev.rondo.actions.Template.Mapping;
import dev.rondo.actions.Workflow.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a job gives to the workflow that it calls against what that one takes. */
final class CallCheck {
    private final Job job;
    private final Position uses;
    private final Interface takes;
    private final List<Mistake> inCaller = new ArrayList<>();
    private final List<Mistake> inCalled = new ArrayList<>();

    CallCheck(Job job, Workflow called) {
        this.job = job;
        this.uses = job.key("uses").map(Template::at).orElse(job.at());
        this.takes = called.on().callable().orElse(Interface.of(Mapping.EMPTY));
        if (called.on().callable().isEmpty()) {
            Position on = called.keys().get("on").map(Template::at).orElse(Position.START);
            inCalled.add(
                    new Mistake(
                            on,
                            "workflow_call key is not defined in the referenced workflow.",
                            "workflow_call"));
            return;
        }
        inputs();
        if (!job.inheritsSecrets()) {
            secrets();
        }
    }

    Interface takes() {
        return takes;
    }

    List<Mistake> inCaller() {
        return inCaller;
    }

    List<Mistake> inCalled() {
        return inCalled;
    }

    private void inputs() {
        for (Input input : takes.inputs()) {
            input.fallback().ifPresent(value -> type(input, value, inCalled));
            Optional<Entry> given = find(job.with(), input.name());
            given.ifPresent(entry -> type(input, entry.value(), inCaller));
            if (given.isEmpty() && input.required()) {
                inCaller.add(
                        new Mistake(
                                uses,
                                "Input %s is required, but not provided while calling."
                                        .formatted(input.name())));
            }
        }
        undefined(job.with(), takes.inputs().stream().map(Input::name).toList(), "input");
    }

    private void secrets() {
        for (Interface.Secret secret : takes.secrets()) {
            if (secret.required() && find(job.secrets(), secret.name()).isEmpty()) {
                inCaller.add(
                        new Mistake(
                                uses,
                                "Secret %s is required, but not provided while calling."
                                        .formatted(secret.name())));
            }
        }
        undefined(
                job.secrets(),
                takes.secrets().stream().map(Interface.Secret::name).toList(),
                "secret");
    }

    private void undefined(Mapping given, List<String> defined, String what) {
        for (Entry entry : given.entries()) {
            if (entry.key() instanceof Template.Literal
                    && defined.stream().noneMatch(entry.name()::equalsIgnoreCase)) {
                inCaller.add(
                        new Mistake(
                                entry.value().at(),
                                "Invalid %s, %s is not defined in the referenced workflow."
                                        .formatted(what, entry.name()),
                                defined.isEmpty() ? "" : "one of " + String.join(", ", defined)));
            }
        }
    }

    private static Optional<Entry> find(Mapping given, String name) {
        return given.entries().stream()
                .filter(entry -> entry.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static void type(Input input, Template given, List<Mistake> mistakes) {
        if (!(given instanceof Template.Literal literal)) {
            return;
        }
        boolean fits =
                switch (input.type()) {
                    case BOOLEAN -> literal.value() instanceof Value.Bool;
                    case NUMBER -> literal.value() instanceof Value.Num;
                    default -> true;
                };
        if (!fits) {
            mistakes.add(
                    new Mistake(
                            given.at(),
                            "Unexpected value '%s'".formatted(literal.value().text()),
                            input.type() == Input.Type.NUMBER ? "a number" : "true or false"));
        }
    }
}
