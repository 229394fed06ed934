package dev.rondo.settings;

import dev.rondo.store.Micros;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * Where jobs deploy to, and what protects it.
 *
 * @param name folded: environments are the same in any case
 * @param reviewers accounts; one of them has to approve
 * @param noSelf who caused the run may not approve
 * @param bypass owners of the project may let a job through whatever the rules say
 * @param waitMinutes how long a job waits after it became ready
 * @param refs patterns of branches, and behind {@code tag:} of tags; empty lets all through
 */
public record Environment(
        String name,
        String title,
        List<String> reviewers,
        boolean noSelf,
        boolean bypass,
        int waitMinutes,
        List<String> refs) {
    static final int MOST_REVIEWERS = 6;
    static final int MOST_MINUTES = 43_200;
    static final Duration APPROVAL_TIME = Duration.ofDays(30);

    /** What people said of one job. Verdicts: approved, rejected, bypassed. */
    public record Review(String verdict, String reviewer, String comment) {}

    public sealed interface Door {
        record Open() implements Door {}

        /**
         * @param why approval or timer
         * @param until when to look again, in microseconds
         */
        record Shut(String why, List<String> args, long until) implements Door {}

        record Refused(String message) implements Door {}
    }

    static Environment unprotected(String name, String title) {
        return new Environment(name, title, List.of(), false, true, 0, List.of());
    }

    public boolean isProtected() {
        return !reviewers.isEmpty() || waitMinutes > 0 || !refs.isEmpty();
    }

    /** Whether a job may go on that has been ready since then. */
    public Door door(String ref, Optional<Review> review, long readyAt, long now) {
        if (review.filter(said -> said.verdict().equals("bypassed")).isPresent()) {
            return new Door.Open();
        }
        if (!mayDeploy(ref)) {
            boolean tag = ref.startsWith("refs/tags/");
            return new Door.Refused(
                    "%s \"%s\" is not allowed to deploy to %s due to environment protection rules."
                            .formatted(tag ? "Tag" : "Branch", shortName(ref), title));
        }
        if (review.filter(said -> said.verdict().equals("rejected")).isPresent()) {
            return new Door.Refused(
                    "The deployment was rejected or didn't satisfy other protection rules."
                            + review.map(r -> " (" + r.reviewer() + comment(r) + ")").orElse(""));
        }
        long timer = readyAt + waitMinutes * 60_000_000L;
        long last = readyAt + APPROVAL_TIME.toMillis() * 1_000;
        if (!reviewers.isEmpty() && review.isEmpty()) {
            return now >= last
                    ? new Door.Refused(
                            "The deployment was not reviewed within %d days."
                                    .formatted(APPROVAL_TIME.toDays()))
                    : new Door.Shut("approval", List.of(title, String.join(", ", reviewers)), last);
        }
        return now < timer
                ? new Door.Shut("timer", List.of(title, Micros.toInstant(timer).toString()), timer)
                : new Door.Open();
    }

    private static String comment(Review review) {
        return review.comment().isBlank() ? "" : ": " + review.comment();
    }

    private static String shortName(String ref) {
        return ref.replaceFirst("^refs/(heads|tags)/", "");
    }

    private boolean mayDeploy(String ref) {
        if (refs.isEmpty()) {
            return true;
        }
        boolean tag = ref.startsWith("refs/tags/");
        return refs.stream()
                .filter(pattern -> pattern.startsWith("tag:") == tag)
                .map(pattern -> pattern.replaceFirst("^tag:\\s*", ""))
                .anyMatch(pattern -> matches(pattern, shortName(ref)));
    }

    /** As {@code File.fnmatch} of Ruby does with path names: a star never crosses a slash. */
    static boolean matches(String pattern, String name) {
        try {
            return FileSystems.getDefault()
                    .getPathMatcher("glob:" + pattern.replace("{", "\\{").replace("}", "\\}"))
                    .matches(Path.of(name));
        } catch (PatternSyntaxException | InvalidPathException e) {
            return false;
        }
    }

    /** Who may not say yes, and why: the key of a text; empty where nothing keeps them. */
    public Optional<String> keeps(String account, String startedBy) {
        if (reviewers.stream().noneMatch(account::equalsIgnoreCase)) {
            return Optional.of("building.review.not");
        }
        return noSelf && account.equalsIgnoreCase(startedBy)
                ? Optional.of("building.review.self")
                : Optional.empty();
    }
}
