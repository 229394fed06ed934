package dev.rondo.releasing;

import dev.rondo.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a release may be published now, and to which environments it may then go by
 * itself.
 */
record PublicationCheck(Release release, List<Approval> approvals, List<Freeze> freezes, long now) {

    /** The answer. */
    sealed interface Verdict {}

    record Open(List<String> environments) implements Verdict {}

    /**
     * @param frozen whether a freeze is the only obstacle: an owner may go over it with a reason
     */
    record Closed(Why why, boolean frozen) implements Verdict {}

    long missing(EnvironmentRule rule) {
        return Math.max(
                0,
                rule.approvals()
                        - approvals.stream()
                                .filter(a -> a.environment().equals(rule.name()))
                                .count());
    }

    Optional<Freeze> freeze(String environment) {
        return freezes.stream().filter(freeze -> freeze.covers(environment, now)).findFirst();
    }

    /**
     * Whether a release that is out may go to one more environment by itself: all approvals are
     * there, and no freeze holds it. What a freeze held back does not start when the freeze ends:
     * nobody may be at work then.
     */
    boolean opens(String environment) {
        return release.state() == ReleaseState.PUBLISHED
                && !release.environments().contains(environment)
                && release.content().rule(environment).stream().anyMatch(r -> missing(r) == 0)
                && freeze(environment).isEmpty();
    }

    /**
     * @param reason why a freeze shall not count; empty to respect it
     */
    Verdict decide(Role role, String reason) {
        if (release.state() != ReleaseState.DRAFT) {
            return new Closed(
                    Why.of("releasing.publish.state." + release.state().word(), release.version()),
                    false);
        }
        if (release.content().problem().isPresent()) {
            return new Closed(release.content().problem().get(), false);
        }
        boolean over = !reason.isBlank();
        if (over && !role.covers(Role.OWNER)) {
            return new Closed(Why.of("releasing.publish.override.owner"), false);
        }
        return byEnvironments(over);
    }

    private Verdict byEnvironments(boolean overFreezes) {
        var rules = release.content().rules();
        var ready = rules.stream().filter(rule -> missing(rule) == 0).toList();
        if (!rules.isEmpty() && ready.isEmpty()) {
            var first = rules.getFirst();
            return new Closed(
                    Why.of(
                            "releasing.publish.approvals",
                            release.version(),
                            missing(first),
                            first.name()),
                    false);
        }
        var open = new ArrayList<String>();
        var stopped = new ArrayList<Freeze>();
        for (var rule : ready) {
            var freeze = freeze(rule.name());
            if (freeze.isPresent() && !overFreezes) {
                stopped.add(freeze.get());
            } else {
                open.add(rule.name());
            }
        }
        if (rules.isEmpty() && !overFreezes) {
            freeze("").ifPresent(stopped::add);
        }
        return open.isEmpty() && !stopped.isEmpty()
                ? new Closed(frozen(stopped.getFirst()), true)
                : new Open(List.copyOf(open));
    }

    private Why frozen(Freeze freeze) {
        return Why.of(
                "releasing.publish.frozen",
                freeze.title(),
                dev.rondo.store.Micros.toInstant(freeze.endsAt()).toString());
    }
}
