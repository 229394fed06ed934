package dev.rondo.settings;

import dev.rondo.web.Refusal;
import java.util.Optional;

/** What keeps a secret or a variable from being kept: the key of a text, and its argument. */
public record Refused(String key, Object argument, String field) {

    /** What is wrong with a name. {@code kind} is the noun in the keys of the texts. */
    static Optional<Refused> name(String kind, String name, String written) {
        if (!name.matches("[A-Z_][A-Z0-9_]{0,99}")) {
            return Optional.of(new Refused("building." + kind + ".name", written, "name"));
        }
        return name.startsWith("GITHUB_")
                ? Optional.of(new Refused("building." + kind + ".reserved", name, "name"))
                : Optional.empty();
    }

    Refusal refusal() {
        return Refusal.of(key, argument).at(field);
    }
}
