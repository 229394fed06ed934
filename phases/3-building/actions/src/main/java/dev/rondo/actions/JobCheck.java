package dev.rondo.actions;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What no schema can say of a job: an empty matrix vector, a container without image, a group. */
final class JobCheck {
    private static final Set<String> FILTERS = Set.of("include", "exclude");

    private JobCheck() {}

    static void check(Template.Mapping job, List<Mistake> mistakes) {
        matrix(job.mapping("strategy").mapping("matrix"), mistakes);
        job.get("container").ifPresent(container -> image(container, mistakes));
        job.mapping("services").entries().forEach(service -> image(service.value(), mistakes));
        job.mapping("runs-on").get("group").ifPresent(group -> group(group, mistakes));
        job.get("concurrency").ifPresent(concurrency -> queue(concurrency, mistakes));
    }

    private static void matrix(Template.Mapping matrix, List<Mistake> mistakes) {
        for (Template.Entry entry : matrix.entries()) {
            if (!FILTERS.contains(entry.name())
                    && entry.value() instanceof Template.Sequence vector
                    && vector.items().isEmpty()) {
                mistakes.add(
                        new Mistake(
                                vector.at(),
                                "Matrix vector '"
                                        + entry.name()
                                        + "' does not contain any values"));
            }
        }
    }

    /** {@code queue: max} keeps all that wait, and what is kept cannot be cancelled. */
    static void queue(Template concurrency, List<Mistake> mistakes) {
        Template.Mapping keys = concurrency.asMapping();
        boolean all = keys.get("queue").map(Template::source).orElse("").equals("max");
        keys.get("cancel-in-progress")
                .filter(cancels -> all && cancels.source().equals("true"))
                .ifPresent(cancels ->
                        mistakes.add(
                                new Mistake(
                                        cancels.at(),
                                        "'queue: max' and 'cancel-in-progress: true' cannot be"
                                                + " used together",
                                        "queue: single, or cancel-in-progress: false")));
    }

    private static void image(Template container, List<Mistake> mistakes) {
        if (container instanceof Template.Mapping mapping
                && !mapping.entries().isEmpty()
                && mapping.get("image").isEmpty()) {
            mistakes.add(new Mistake(container.at(), "Container image cannot be empty", "image"));
        }
    }

    private static void group(Template group, List<Mistake> mistakes) {
        if (!(group instanceof Template.Literal) || !group.source().contains("/")) {
            return;
        }
        String name = group.source();
        List<String> parts = List.of(name.split("/", -1));
        Optional<String> problem = Optional.empty();
        if (parts.size() == 2 && parts.getLast().isEmpty()) {
            problem = Optional.of("");
        } else if (parts.size() != 2
                || !Set.of("org", "organization", "ent", "enterprise").contains(parts.getFirst())) {
            problem =
                    Optional.of(
                            " Please use 'organization/' or 'enterprise/' prefix to target a single"
                                    + " runner group.");
        }
        problem.ifPresent(text ->
                mistakes.add(
                        new Mistake(
                                group.at(), "Invalid runs-on group name '" + name + "'." + text)));
    }
}
