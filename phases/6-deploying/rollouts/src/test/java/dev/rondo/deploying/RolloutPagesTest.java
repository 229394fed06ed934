package dev.rondo.deploying;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class RolloutPagesTest {

    @Test
    void recalledUnapprovedAndUnknownReleasesAreRefused() {
        try (var harbour = new Harbour()) {
            var approval =
                    Harbour.DELIVERY.replace(
                            "    strategy: canary", "    strategy: canary\n    approvals: 1");
            harbour.publish("1.0.0", "well", approval, List.of());
            Harbour.until()
                    .until(() ->
                            harbour.spine
                                    .store()
                                    .read(sql -> ReleaseStore.find(sql, "shop", "1.0.0"))
                                    .isPresent());
            assertThat(deploy(harbour, "9.9.9")).contains("no published release 9.9.9");
            assertThat(deploy(harbour, "1.0.0")).contains("not approved for production: 0 of 1");

            harbour.tell(
                    Subject.of("release", "1.0.0"),
                    new Fact.ReleaseRecalled("1.0.0", "It was bad."));
            Harbour.until()
                    .untilAsserted(
                            () -> assertThat(deploy(harbour, "1.0.0")).contains("It was bad."));
        }
    }

    private static String deploy(Harbour harbour, String version) {
        return harbour.call(
                        "POST",
                        "/api/projects/shop/rollouts",
                        "{\"service\":\"shop\",\"environment\":\"production\",\"version\":\""
                                + version
                                + "\"}")
                .body();
    }

    @Test
    void pagesShowWhatIsUnderWayInBothLanguages() {
        try (var harbour = new Harbour()) {
            assertThat(harbour.page("/projects/shop/deploying/environments").body())
                    .contains("Nothing is deployed yet");
            harbour.publish("1.0.0", "well");
            harbour.over("1.0.0");
            harbour.publish("1.1.0", "well");
            Harbour.until().until(() -> harbour.newest().step() == 1);

            var english = harbour.page("/projects/shop/deploying/environments");
            assertThat(english.statusCode()).isEqualTo(200);
            assertThat(english.body()).contains("1.1.0 is on its way, 10 %").contains("healthy");
            var german = harbour.page(RolloutPages.path(harbour.newest()), "Accept-Language", "de");
            assertThat(german.body())
                    .contains("Gegen die stabile Version beurteilen")
                    .contains("Abbrechen");
            var instance = harbour.alive().getFirst().id();
            assertThat(harbour.page("/projects/shop/deploying/instances/" + instance + "/log"))
                    .extracting(r -> r.statusCode())
                    .isEqualTo(200);
            assertThat(harbour.page("/projects/shop/deploying/rollouts").body()).contains("1.0.0");
            assertThat(harbour.page("/api/projects/shop/environments").body())
                    .contains("\"version\":\"1.0.0\"");
            harbour.judge("pass");
            harbour.over("1.1.0");
        }
    }

    @Test
    void chatCommandStartsTheSameRolloutOrSaysWhyNot() {
        try (var harbour = new Harbour()) {
            harbour.publish("1.0.0", "well", Harbour.DELIVERY, List.of());
            Harbour.until()
                    .until(() ->
                            harbour.spine
                                    .store()
                                    .read(sql -> ReleaseStore.find(sql, "shop", "1.0.0"))
                                    .isPresent());

            var refused = say(harbour, "shop 2.0.0 to production");
            assertThat(refused.accepted()).isFalse();
            assertThat(refused.text()).isEqualTo("There is no published release 2.0.0.");
            var done = say(harbour, "shop 1.0.0 to production");
            assertThat(done.accepted()).isTrue();
            assertThat(word(harbour.over("1.0.0"))).isEqualTo("completed");
        }
    }

    private static dev.rondo.phase.ChatCommand.Answer say(Harbour harbour, String text) {
        var project = harbour.spine.access().projects().find("shop").orElseThrow();
        return harbour.phase
                .commands()
                .getFirst()
                .action()
                .run(
                        new dev.rondo.phase.ChatCommand.Call(
                                Harbour.caller(),
                                project,
                                List.of(text.split(" ")),
                                text,
                                java.util.Locale.ENGLISH,
                                "box"));
    }

    private static String word(Rollout rollout) {
        return rollout.outcome().orElseThrow().word();
    }
}
