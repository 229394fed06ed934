package dev.rondo.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.settings.Environment.Door;
import dev.rondo.settings.Environment.Review;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an environment lets through. */
final class EnvironmentTest {
    private static final long MINUTE = 60_000_000L;
    private static final String MAIN = "refs/heads/main";

    private static Environment of(
            List<String> reviewers, boolean noSelf, int minutes, List<String> refs) {
        return new Environment("prod", "Prod", reviewers, noSelf, true, minutes, refs);
    }

    private static Optional<Review> said(String verdict) {
        return Optional.of(new Review(verdict, "rita", ""));
    }

    @Test
    void nobodyWaitsWhereNothingIsProtected() {
        assertThat(Environment.unprotected("e", "E").door(MAIN, Optional.empty(), 0, 0))
                .isInstanceOf(Door.Open.class);
    }

    @Test
    void timerAndReviewBothHaveToPass() {
        Environment both = of(List.of("rita"), false, 10, List.of());
        assertThat(both.door(MAIN, Optional.empty(), 0, 20 * MINUTE))
                .isInstanceOfSatisfying(
                        Door.Shut.class, shut -> assertThat(shut.why()).isEqualTo("approval"));
        assertThat(both.door(MAIN, said("approved"), 0, 5 * MINUTE))
                .isInstanceOfSatisfying(
                        Door.Shut.class, shut -> assertThat(shut.until()).isEqualTo(10 * MINUTE));
        assertThat(both.door(MAIN, said("approved"), 0, 10 * MINUTE)).isInstanceOf(Door.Open.class);
        assertThat(both.door(MAIN, said("bypassed"), 0, 0)).isInstanceOf(Door.Open.class);
        assertThat(both.door(MAIN, said("rejected"), 0, 0)).isInstanceOf(Door.Refused.class);
    }

    @Test
    void unreviewedJobIsGivenUpAfterThirtyDays() {
        Environment reviewed = of(List.of("rita"), false, 0, List.of());
        assertThat(reviewed.door(MAIN, Optional.empty(), 0, 30L * 24 * 60 * MINUTE))
                .isInstanceOfSatisfying(
                        Door.Refused.class,
                        refused -> assertThat(refused.message()).contains("30 days"));
    }

    @Test
    void patternsAreThoseOfFnmatchAndTagsAreNoBranches() {
        Environment some = of(List.of(), false, 0, List.of("main", "releases/*", "tag:v*"));
        for (String open : List.of(MAIN, "refs/heads/releases/1", "refs/tags/v1")) {
            assertThat(some.door(open, Optional.empty(), 0, 0)).isInstanceOf(Door.Open.class);
        }
        for (String shut :
                List.of(
                        "refs/heads/releases/1/x",
                        "refs/tags/main",
                        "refs/heads/v1",
                        "refs/heads/mainly")) {
            assertThat(some.door(shut, Optional.empty(), 0, 0))
                    .as(shut)
                    .isInstanceOf(Door.Refused.class);
        }
        assertThat(some.door("refs/heads/topic", Optional.empty(), 0, 0))
                .isEqualTo(
                        new Door.Refused(
                                "Branch \"topic\" is not allowed to deploy to Prod due to"
                                        + " environment protection rules."));
    }

    @Test
    void onlyReviewersMayAndWhereSaidNotThemselves() {
        Environment strict = of(List.of("rita", "olga"), true, 0, List.of());
        assertThat(strict.keeps("Rita", "olga")).isEmpty();
        assertThat(strict.keeps("olga", "olga")).contains("building.review.self");
        assertThat(strict.keeps("max", "olga")).contains("building.review.not");
    }
}
