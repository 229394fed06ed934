package dev.rondo.releasing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Role;
import dev.rondo.releasing.PublicationCheck.Closed;
import dev.rondo.releasing.PublicationCheck.Open;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may approve, and when a release may be published: pure decisions. */
class ChecksTest {

    private static final long NOW = 1_000_000;
    private static final EnvironmentRule STAGING =
            new EnvironmentRule("staging", 0, List.of(Role.OWNER), false);
    private static final EnvironmentRule PRODUCTION =
            new EnvironmentRule("production", 1, List.of(Role.OWNER, Role.WRITER), false);
    private static final Approval YES = new Approval("production", "olga", "", 1, 1);

    private static Release release(ReleaseState state, EnvironmentRule... rules) {
        var change =
                new Change("0123456789abcdef", "feat", "", "a", false, "", List.of(), "Ada@x.org");
        return new Release(
                "id",
                "shop",
                "1.0.0",
                state,
                "0123456789abcdef",
                "run",
                new Release.Content(
                        List.of(change),
                        Why.of("releasing.why.first", "a", "b"),
                        List.of(),
                        List.of(),
                        List.of(rules),
                        Optional.empty()),
                new Release.WayBack("", ""),
                new Release.Life(1, 1, 0, "", "", 0, ""),
                List.of());
    }

    private static PublicationCheck check(
            Release release, List<Approval> approvals, Freeze... freezes) {
        return new PublicationCheck(release, approvals, List.of(freezes), NOW);
    }

    private static Freeze freeze(String environment, long from, long to) {
        return new Freeze("f", "Christmas", environment, from, to, "olga");
    }

    @Test
    void productionWaitsForItsApproval() {
        var check = check(release(ReleaseState.DRAFT, PRODUCTION), List.of());
        assertThat(check.decide(Role.OWNER, ""))
                .isEqualTo(
                        new Closed(
                                Why.of("releasing.publish.approvals", "1.0.0", 1L, "production"),
                                false));
        assertThat(
                        check(release(ReleaseState.DRAFT, PRODUCTION), List.of(YES))
                                .decide(Role.WRITER, ""))
                .isEqualTo(new Open(List.of("production")));
    }

    @Test
    void whatNeedsNoApprovalIsOpenAtOnce() {
        var check = check(release(ReleaseState.DRAFT, STAGING, PRODUCTION), List.of());
        assertThat(check.decide(Role.WRITER, "")).isEqualTo(new Open(List.of("staging")));
    }

    @Test
    void aFreezeClosesUntilItsEndAndNotLonger() {
        var release = release(ReleaseState.DRAFT, STAGING);
        assertThat(check(release, List.of(), freeze("", NOW, NOW + 1)).decide(Role.WRITER, ""))
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.frozen()).isTrue());
        assertThat(check(release, List.of(), freeze("", 0, NOW)).decide(Role.WRITER, ""))
                .isInstanceOf(Open.class);
        assertThat(
                        check(release, List.of(), freeze("production", 0, NOW + 9))
                                .decide(Role.WRITER, ""))
                .isInstanceOf(Open.class);
    }

    @Test
    void aFreezeOfOneEnvironmentLeavesTheOtherOpen() {
        var release = release(ReleaseState.DRAFT, STAGING, PRODUCTION);
        assertThat(
                        check(release, List.of(YES), freeze("production", 0, NOW + 1))
                                .decide(Role.WRITER, ""))
                .isEqualTo(new Open(List.of("staging")));
    }

    @Test
    void onlyAnOwnerGoesOverAFreezeAndOnlyWithAReason() {
        var check = check(release(ReleaseState.DRAFT, STAGING), List.of(), freeze("", 0, NOW + 1));
        assertThat(check.decide(Role.OWNER, " ")).isInstanceOf(Closed.class);
        assertThat(check.decide(Role.WRITER, "it burns"))
                .isEqualTo(new Closed(Why.of("releasing.publish.override.owner"), false));
        assertThat(check.decide(Role.OWNER, "it burns")).isEqualTo(new Open(List.of("staging")));
    }

    @Test
    void aFreezeHoldsAReleaseWithoutEnvironmentsToo() {
        var check = check(release(ReleaseState.DRAFT), List.of(), freeze("", 0, NOW + 1));
        assertThat(check.decide(Role.OWNER, "")).isInstanceOf(Closed.class);
    }

    @ParameterizedTest
    @EnumSource(names = "DRAFT", mode = EnumSource.Mode.EXCLUDE)
    void onlyADraftIsPublished(ReleaseState state) {
        assertThat(check(release(state, STAGING), List.of()).decide(Role.OWNER, "x"))
                .isInstanceOf(Closed.class);
    }

    private static Optional<String> refusal(
            EnvironmentRule rule, Role role, String email, boolean pushed, Approval... given) {
        return new ApprovalCheck(
                        release(ReleaseState.DRAFT, rule),
                        List.of(given),
                        "olga",
                        email,
                        role,
                        pushed)
                .refusal("production")
                .map(Why::key);
    }

    @Test
    void theRoleDecidesWhoMayApprove() {
        assertThat(refusal(PRODUCTION, Role.WRITER, "", false)).isEmpty();
        assertThat(refusal(PRODUCTION, Role.READER, "", false)).contains("releasing.approve.role");
        assertThat(refusal(STAGING, Role.OWNER, "", false))
                .contains("releasing.approve.environment");
    }

    @Test
    void fourEyesKeepOutAuthorAndPusher() {
        var rule = new EnvironmentRule("production", 1, List.of(Role.OWNER), true);
        assertThat(refusal(rule, Role.OWNER, "grace@x.org", false)).isEmpty();
        assertThat(refusal(rule, Role.OWNER, "ada@x.org", false))
                .contains("releasing.approve.four-eyes");
        assertThat(refusal(rule, Role.OWNER, "grace@x.org", true))
                .contains("releasing.approve.four-eyes");
    }

    @Test
    void nobodyApprovesTwice() {
        assertThat(refusal(PRODUCTION, Role.OWNER, "", false, YES))
                .contains("releasing.approve.again");
    }
}
