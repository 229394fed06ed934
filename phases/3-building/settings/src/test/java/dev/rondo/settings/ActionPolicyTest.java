package dev.rondo.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.settings.ActionPolicy.Allowed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which actions may be used, and what is said of those that may not. */
final class ActionPolicyTest {
    private static final String SHA = "1234567890123456789012345678901234567890";

    private static ActionPolicy selected(boolean github, String... patterns) {
        return new ActionPolicy(Allowed.SELECTED, github, List.of(patterns), false);
    }

    private static void allows(ActionPolicy policy, String... uses) {
        for (String one : uses) {
            assertThat(policy.refusal(one, "shop")).as(one).isEmpty();
        }
    }

    private static void refuses(ActionPolicy policy, String... uses) {
        for (String one : uses) {
            assertThat(policy.refusal(one, "shop")).as(one).isPresent();
        }
    }

    @Test
    void patternsNameOwnersRepositoriesPathsAndVersions() {
        allows(
                selected(false, "acme/*"),
                "acme/greet@v1",
                "ACME/Greet@v1",
                "acme/greet/sub/path@v1",
                "acme/greet@release/v1");
        refuses(selected(false, "acme/*"), "acmeplus/greet@v1", "other/acme@v1");
        allows(selected(false, "acme/greet@v1"), "acme/greet@v1", "Acme/greet@v1");
        refuses(selected(false, "acme/greet@v1"), "acme/greet@v2", "acme/greet@V1");
        allows(selected(false, "acme/greet"), "acme/greet@v2");
        refuses(selected(false, "acme/greet"), "acme/greeting@v2");
        allows(selected(false, "acme*/*"), "acme-labs/x@v1");
        allows(selected(false, "*/octocat**@*"), "some/octocat-tools/sub@v1");
    }

    @Test
    void whatIsBlockedStaysBlockedWhateverElseIsSaid() {
        ActionPolicy policy = selected(true, "!acme/bad", "acme/*", "!actions/cache@v1");
        allows(policy, "acme/good@v1", "actions/cache@v4", "rondo/own@main");
        refuses(policy, "acme/bad@v1", "acme/bad@" + SHA, "actions/cache@v1");
    }

    @Test
    void ownersOfGithubAreAllowedByASwitch() {
        allows(selected(true), "actions/checkout@v4", "github/codeql-action/init@v3");
        refuses(selected(true), "acme/greet@v1", "actionsx/y@v1");
        refuses(selected(false), "actions/checkout@v4");
    }

    @Test
    void whatIsSaidHasGithubsWords() {
        assertThat(selected(true, "acme/*", "b/c@v1").refusal("x/y@v1", "shop"))
                .contains(
                        "The action x/y@v1 is not allowed in rondo/shop because all actions must be from"
                                + " a repository owned by rondo, created by GitHub, or match one of the"
                                + " patterns: acme/*, b/c@v1.");
        assertThat(
                        new ActionPolicy(Allowed.LOCAL_ONLY, true, List.of(), false)
                                .refusal("actions/checkout@v4", "shop"))
                .contains(
                        "The action actions/checkout@v4 is not allowed in rondo/shop because all"
                                + " actions must be from a repository owned by rondo.");
        assertThat(
                        new ActionPolicy(Allowed.ALL, true, List.of(), true)
                                .refusal("rondo/own@v1", "shop"))
                .contains(
                        "The action rondo/own@v1 is not allowed in rondo/shop because all actions must"
                                + " be pinned to a full-length commit SHA.");
        allows(new ActionPolicy(Allowed.ALL, true, List.of(), true), "acme/greet@" + SHA);
    }

    @Test
    void patternsThatAreNoneAreNamed() {
        for (String one : List.of("acme", "/x", "acme/ x", "acme/x@", "")) {
            assertThat(ActionPolicy.mistake(one)).as(one).isPresent();
        }
        for (String one : List.of("acme/*", "a/b@v1", "!a/b", "a/b/c@*", "*/x**@*")) {
            assertThat(ActionPolicy.mistake(one)).as(one).isEmpty();
        }
    }
}
