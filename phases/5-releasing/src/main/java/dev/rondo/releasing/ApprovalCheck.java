package dev.rondo.releasing;

import dev.rondo.access.Role;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides whether somebody may approve a release for an environment.
 *
 * @param email of the account; authors of commits are known by it
 * @param pushed whether this account pushed the release's commit
 */
record ApprovalCheck(
        Release release,
        List<Approval> approvals,
        String account,
        String email,
        Role role,
        boolean pushed) {

    /** Why not; empty when they may. */
    Optional<Why> refusal(String environment) {
        var rule = release.content().rule(environment);
        if (rule.isEmpty()) {
            return Optional.of(
                    Why.of(
                            "releasing.approve.environment",
                            environment,
                            release.version(),
                            release.content().rules().stream()
                                    .map(EnvironmentRule::name)
                                    .collect(Collectors.joining(", "))));
        }
        if (release.state() != ReleaseState.DRAFT && release.state() != ReleaseState.PUBLISHED) {
            return Optional.of(
                    Why.of("releasing.approve.state." + release.state().word(), release.version()));
        }
        if (!rule.get().mayApprove(role)) {
            return Optional.of(
                    Why.of(
                            "releasing.approve.role",
                            environment,
                            rule.get().approvers().stream()
                                    .map(Role::word)
                                    .collect(Collectors.joining(", ")),
                            role.word()));
        }
        if (rule.get().fourEyes() && isOwnWork()) {
            return Optional.of(Why.of("releasing.approve.four-eyes", environment));
        }
        boolean again =
                approvals.stream()
                        .anyMatch(approval ->
                                approval.environment().equals(environment)
                                        && approval.account().equals(account));
        return again
                ? Optional.of(Why.of("releasing.approve.again", release.version(), environment))
                : Optional.empty();
    }

    private boolean isOwnWork() {
        var own = email.toLowerCase(Locale.ROOT);
        return pushed
                || (!own.isEmpty()
                        && release.content().changes().stream()
                                .anyMatch(c -> c.author().toLowerCase(Locale.ROOT).equals(own)));
    }
}
