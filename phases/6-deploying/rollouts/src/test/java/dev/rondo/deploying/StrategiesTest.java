package dev.rondo.deploying;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Accounts.NewAccount;
import dev.rondo.access.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a delivery file says of steps is what happens, with users who ask all the time. */
@Timeout(180)
class StrategiesTest {

    private static final String IN_SHARES =
            Harbour.DELIVERY.replace("strategy: canary", "strategy: in-shares")
                    + """
                      in-shares:
                        kind: phased
                        steps:
                          - weight: 25
                          - pause: 1h
                          - weight: 50
                          - approve
                          - weight: 75
                          - pause: 300ms
                          - weight: 100
                    """;

    @Test
    void blueGreenSwitchFromALivingVersionLetsNobodyDown() throws Exception {
        var blueGreen = Harbour.DELIVERY.replace("strategy: canary", "strategy: blue-green");
        try (var harbour = new Harbour()) {
            harbour.publish("1.0.0", "well", blueGreen, List.of("production"));
            harbour.over("1.0.0");
            try (var users = new Users(harbour, 8)) {
                assertThat(users.count(50)).containsOnlyKeys("1.0.0");
                for (var version : List.of("1.1.0", "1.2.0", "1.3.0")) {
                    harbour.publish(version, "well", blueGreen, List.of("production"));
                    assertThat(outcome(harbour.over(version))).isEqualTo("completed");
                    assertThat(users.count(50)).containsOnlyKeys(version);
                }
                assertThat(users.failed()).isEmpty();
            }
            assertThat(harbour.alive()).hasSize(2);
        }
    }

    @Test
    void sharesWaitForTimeForAPersonAndForTheRightPerson() throws Exception {
        try (var harbour = new Harbour()) {
            member(harbour, "wanda", Role.WRITER);
            member(harbour, "rita", Role.READER);
            harbour.publish("1.0.0", "well", IN_SHARES, List.of("production"));
            harbour.over("1.0.0");
            try (var users = new Users(harbour, 4)) {
                harbour.publish("1.1.0", "well", IN_SHARES, List.of("production"));
                Harbour.until().until(() -> harbour.newest().step() == 1);
                assertThat(users.count(200).get("1.1.0")).isBetween(45, 55);
                skipThePause(harbour);

                Harbour.until().until(() -> harbour.newest().step() == 3);
                assertThat(users.count(200).get("1.1.0")).isBetween(95, 105);
                approve(harbour);

                assertThat(outcome(harbour.over("1.1.0"))).isEqualTo("completed");
                assertThat(users.count(50)).containsOnlyKeys("1.1.0");
                assertThat(users.failed()).isEmpty();
            }
        }
    }

    private static void skipThePause(Harbour harbour) {
        var page = RolloutPages.path(harbour.newest());
        assertThat(harbour.page(page).body())
                .contains("Skip the pause")
                .doesNotContain("/approvals");
        assertThat(harbour.callAs("rita", "GET", page, "").body()).doesNotContain("Skip the pause");
        var refused = harbour.callAs("rita", "POST", api(harbour, "promotions"), "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("You need the role of writer in this project");
        var early = harbour.call("POST", api(harbour, "approvals"), "");
        assertThat(early.statusCode()).isEqualTo(422);
        assertThat(early.body()).contains("This rollout does not wait for an approval.");
        assertThat(harbour.newest().step()).isEqualTo(1);

        var done = harbour.callAs("wanda", "POST", page + "/promotions", "");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
    }

    private static void approve(Harbour harbour) {
        var page = RolloutPages.path(harbour.newest());
        assertThat(harbour.page(page).body())
                .contains("/approvals")
                .doesNotContain("Skip the pause");
        assertThat(harbour.callAs("wanda", "GET", page, "").body()).doesNotContain("/approvals");
        var refused = harbour.callAs("wanda", "POST", api(harbour, "approvals"), "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("Only owners of this project may do this.");
        var wrong = harbour.call("POST", api(harbour, "promotions"), "");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("This rollout is not at a pause.");
        assertThat(harbour.newest().step()).isEqualTo(3);

        assertThat(harbour.call("POST", api(harbour, "approvals"), "").statusCode()).isEqualTo(200);
    }

    private static String api(Harbour harbour, String what) {
        return "/api/projects/shop/rollouts/" + harbour.newest().id() + "/" + what;
    }

    private static void member(Harbour harbour, String name, Role role) {
        var access = harbour.spine.access();
        access.accounts().create("test", new NewAccount(name, name, "", Harbour.PASSWORD, false));
        access.projects().setRole("test", "shop", name, role);
    }

    private static String outcome(Rollout rollout) {
        return rollout.outcome().orElseThrow().word();
    }
}
