package dev.rondo.actions;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Identifiers of jobs and steps: which are right, and those that GitHub makes up. */
final class StepIds {
    private static final int MAX_LENGTH = 100;

    private final Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    /** What is wrong with an identifier that somebody wrote. */
    Optional<String> check(String id) {
        if (!id.matches("[A-Za-z_][A-Za-z0-9_-]*") || id.length() >= MAX_LENGTH) {
            return Optional.of(
                    "The identifier '"
                            + id
                            + "' is invalid. IDs may only contain alphanumeric characters, '_', and"
                            + " '-'. IDs must start with a letter or '_' and and must be less than "
                            + MAX_LENGTH
                            + " characters.");
        }
        return id.startsWith("__")
                ? Optional.of(
                        "The identifier '"
                                + id
                                + "' is invalid. IDs starting with '__' are"
                                + " reserved.")
                : Optional.empty();
    }

    Optional<String> add(String id) {
        Optional<String> wrong = check(id);
        if (wrong.isPresent()) {
            return wrong;
        }
        return taken.add(id)
                ? Optional.empty()
                : Optional.of(
                        "The identifier '"
                                + id
                                + "' may not be used more than once within the same scope.");
    }

    /** An identifier for a step without one: from the action, or {@code __run}. */
    String made(Template.Mapping step) {
        String uses = step.get("uses").map(Template::source).orElse("");
        String base =
                "__" + other(step).orElseGet(() -> base(uses)).replaceAll("[^A-Za-z0-9_-]", "_");
        for (int i = 1; ; i++) {
            String suffix = i == 1 ? "" : "_" + i;
            String id =
                    base.substring(0, Math.min(base.length(), MAX_LENGTH - suffix.length()))
                            + suffix;
            if (taken.add(id)) {
                return id;
            }
        }
    }

    private static Optional<String> other(Template.Mapping step) {
        return Stream.of("wait", "wait-all", "cancel", "parallel")
                .filter(key -> step.get(key).isPresent())
                .findFirst();
    }

    private static String base(String uses) {
        if (uses.startsWith("docker://")) {
            return uses.substring("docker://".length());
        }
        if (uses.startsWith("./")) {
            return "self";
        }
        String[] parts = uses.split("@", -1);
        String[] path = parts[0].split("[/\\\\]", -1);
        return parts.length == 2 && path.length >= 2 ? path[0] + "/" + path[1] : "run";
    }
}
