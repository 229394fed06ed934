package dev.rondo.jobs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code owner/name/path@ref}.
 *
 * @param path of the action within its repository, or empty
 */
public record ActionReference(String owner, String name, String path, String ref) {
    private static final Pattern WRITTEN =
            Pattern.compile("([^/@\\s]+)/([^/@\\s]+)(?:/([^@\\s]+))?@(\\S+)");

    static Optional<ActionReference> of(String uses) {
        Matcher matcher = WRITTEN.matcher(uses.strip());
        return matcher.matches()
                ? Optional.of(
                        new ActionReference(
                                matcher.group(1),
                                matcher.group(2),
                                Optional.ofNullable(matcher.group(3)).orElse(""),
                                matcher.group(4)))
                : Optional.empty();
    }

    public String repository() {
        return owner + "/" + name;
    }

    @Override
    public String toString() {
        return repository() + (path.isEmpty() ? "" : "/" + path) + "@" + ref;
    }
}
