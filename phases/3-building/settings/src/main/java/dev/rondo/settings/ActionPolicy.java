package dev.rondo.settings;

import dev.rondo.access.Projects;
import dev.rondo.actions.Globs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which actions may be used, as GitHub's settings have it ("Managing GitHub Actions settings for a
 * repository"). What lies in the same repository ({@code ./path}) may always be used.
 *
 * @param githubOwned where it is SELECTED: also those of the owners {@code actions} and {@code
 *     github}
 * @param patterns where it is SELECTED: {@code owner/*}, {@code owner/name@ref}; behind {@code !}
 *     what may not be used whatever else is said
 * @param pinned whether each has to be named by a full commit
 */
public record ActionPolicy(
        Allowed allowed, boolean githubOwned, List<String> patterns, boolean pinned) {

    /** Everything may be used. */
    public static final ActionPolicy ALL = new ActionPolicy(Allowed.ALL, true, List.of(), false);

    /** GitHub's {@code allowed_actions}. */
    public enum Allowed {
        ALL,
        LOCAL_ONLY,
        SELECTED;

        /** The word in GitHub's interface. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Allowed> of(String word) {
            return List.of(values()).stream().filter(one -> one.word().equals(word)).findFirst();
        }
    }

    /** What is wrong with a pattern. */
    public static Optional<String> mistake(String pattern) {
        return pattern.matches("!?[^/@\\s]+/[^@\\s]+(@\\S+)?")
                ? Optional.empty()
                : Optional.of(
                        "a pattern is owner/*, owner/name or owner/name@ref, with ! in front to block"
                                + " it, not “"
                                + pattern
                                + "”");
    }

    /**
     * Why an action may not be used, in GitHub's words.
     *
     * @param uses {@code owner/name/path@ref}
     * @param project in which it is to be used
     */
    public Optional<String> refusal(String uses, String project) {
        return broken(uses)
                .map(rule ->
                        "The action %s is not allowed in %s/%s because all actions must be %s."
                                .formatted(uses, Projects.OWNER, project, rule));
    }

    private Optional<String> broken(String uses) {
        if (pinned && !uses.matches(".*@[0-9a-f]{40}")) {
            return Optional.of("pinned to a full-length commit SHA");
        }
        return switch (allowed) {
            case ALL -> Optional.empty();
            case LOCAL_ONLY ->
                    ours(uses)
                            ? Optional.empty()
                            : Optional.of("from a repository owned by " + Projects.OWNER);
            case SELECTED ->
                    !matches(uses, blocked())
                                    && (ours(uses)
                                            || githubOwned
                                                    && uses.matches("(?i)(actions|github)/.*")
                                            || matches(uses, permitted()))
                            ? Optional.empty()
                            : Optional.of(selection());
        };
    }

    private static boolean ours(String uses) {
        return uses.toLowerCase(Locale.ROOT).startsWith(Projects.OWNER + "/");
    }

    private List<String> permitted() {
        return patterns.stream().filter(one -> !one.startsWith("!")).toList();
    }

    private List<String> blocked() {
        return patterns.stream()
                .filter(one -> one.startsWith("!"))
                .map(one -> one.substring(1))
                .toList();
    }

    /**
     * A pattern without a ref stands for all of them, a star at its end for all that follows;
     * owners and names know no case.
     */
    private static boolean matches(String uses, List<String> patterns) {
        return patterns.stream()
                .map(one -> one.contains("@") || one.endsWith("*") ? one : one + "@**")
                .map(one -> one.replaceFirst("\\*+$", "**"))
                .anyMatch(one -> Globs.of(List.of(folded(one))).matches(folded(uses)));
    }

    private static String folded(String uses) {
        int at = uses.indexOf('@');
        return at < 0
                ? uses.toLowerCase(Locale.ROOT)
                : uses.substring(0, at).toLowerCase(Locale.ROOT) + uses.substring(at);
    }

    private String selection() {
        var rule = new ArrayList<String>();
        rule.add("from a repository owned by " + Projects.OWNER);
        if (githubOwned) {
            rule.add("created by GitHub");
        }
        if (!patterns.isEmpty()) {
            rule.add("match one of the patterns: " + String.join(", ", patterns));
        }
        return rule.size() < 3
                ? String.join(" or ", rule)
                : "%s, %s, or %s".formatted(rule.get(0), rule.get(1), rule.get(2));
    }
}
