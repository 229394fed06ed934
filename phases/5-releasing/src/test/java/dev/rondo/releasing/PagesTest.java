package dev.rondo.releasing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Role;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Standing;
import dev.rondo.store.Micros;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages over HTTP, with texts that throw when a key is missing. */
class PagesTest {

    private static final String BASE = "/projects/shop/releasing";

    @TempDir Path temp;

    private static String page(Rig rig, String account, String path, String language) {
        var answer = rig.get(account, path, language);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("⟦").doesNotContain("style=");
        return answer.body();
    }

    @Test
    void eachPageIsThereInBothLanguagesAndEveryState() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            assertThat(page(rig, "olga", BASE + "/releases", "en")).contains("No release yet");
            rig.pass(
                    "feat(shop)!: sell <b>tea</b> & `cups`\n\nRefs #2\n\nBREAKING CHANGE: no more coffee");
            rig.awaitDraft("1.0.0");
            var english = page(rig, "olga", BASE + "/releases/1.0.0", "en");
            assertThat(english)
                    .contains("What breaks", "no more coffee", "/projects/shop/tickets/2")
                    .contains("Approve for production")
                    .doesNotContain("<b>tea</b>");
            assertThat(page(rig, "olga", BASE + "/releases/1.0.0", "de"))
                    .contains("Was bricht", "Für production freigeben", "Rückweg");

            rig.member("ruth", Role.READER);
            assertThat(page(rig, "ruth", BASE + "/releases/1.0.0", "en"))
                    .contains("You may not approve for production")
                    .doesNotContain("<button class=\"button primary\">");

            rig.call(
                    "olga",
                    "/api" + "/projects/shop/releases/1.0.0/approvals",
                    Map.of("environment", "production", "comment", "fine"));
            rig.call("olga", "/api/projects/shop/releases/1.0.0/publication", Map.of());
            deployed(rig);
            Awaitility.await()
                    .until(() ->
                            page(rig, "olga", BASE + "/releases", "en")
                                    .contains("shop · production"));
            assertThat(page(rig, "olga", BASE + "/releases/1.0.0", "en"))
                    .contains("published", "fine", "Recall this release");
            rig.call("olga", "/api/projects/shop/releases/1.0.0/recall", Map.of("reason", "sour"));
            assertThat(page(rig, "olga", BASE + "/releases/1.0.0", "de"))
                    .contains("Zurückgerufen, kein Rollout nimmt es mehr: sour");
        }
    }

    private static void deployed(Rig rig) {
        rig.append(
                Subject.of("service", "shop/production"),
                new Fact.ServiceDeployed("shop", "production", "1.0.0", "", "c", "r", List.of(2L)));
    }

    @Test
    void theCalendarShowsReleasesAndFreezes() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            rig.pass("feat: a");
            rig.awaitDraft("1.0.0");
            var now = Micros.now();
            new ReleaseActions(rig.spine)
                    .freeze(
                            Rig.caller("olga"),
                            "shop",
                            new Freeze("", "Moving house", "", now, now + 1, "olga"));
            assertThat(page(rig, "olga", BASE + "/calendar", "en"))
                    .contains("class=\"mark draft\"", "Moving house", "Add a freeze");
            assertThat(page(rig, "olga", BASE + "/calendar?month=2026-12", "de"))
                    .contains("Dezember 2026", "month=2027-01");
            assertThat(rig.get("olga", BASE + "/calendar?month=soon", "en").statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void commandsMakeTheSameChecksAsTheButtons() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            rig.member("ruth", Role.READER);
            rig.pass("feat: a");
            rig.awaitDraft("1.0.0");
            assertThat(say(rig, "ruth", "approve", "1.0.0 production").text())
                    .startsWith("You may not approve");
            assertThat(say(rig, "olga", "release", "").text()).contains("1.0.0 waits");
            assertThat(say(rig, "olga", "release", "1.0.0").text()).contains("still missing");
            assertThat(say(rig, "olga", "approve", "v1.0.0 production well done").accepted())
                    .isTrue();
            assertThat(say(rig, "ruth", "release", "1.0.0").accepted()).isFalse();
            var done = say(rig, "olga", "release", "1.0.0");
            assertThat(done.accepted()).isTrue();
            assertThat(done.href()).isEqualTo(BASE + "/releases/1.0.0");
        }
    }

    private static ChatCommand.Answer say(Rig rig, String account, String word, String text) {
        var command =
                rig.phase.commands().stream()
                        .filter(c -> c.word().equals(word))
                        .findFirst()
                        .orElseThrow();
        return command.action()
                .run(
                        new ChatCommand.Call(
                                Rig.caller(account),
                                rig.access.projects().find("shop").orElseThrow(),
                                text.isEmpty() ? List.of() : List.of(text.split(" ")),
                                text,
                                Locale.ENGLISH,
                                "box"));
    }

    @Test
    void panelsTellOfTheRelease() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            rig.pass("feat: a\n\nFixes #4");
            rig.awaitDraft("1.0.0");
            List<Release> list = rig.store.read(sql -> ReleaseStore.ofTicket(sql, "shop", 4));
            assertThat(list).extracting(Release::version).containsExactly("1.0.0");
            List<Standing> holds = rig.store.read(sql -> rig.phase.holds(sql, "shop"));
            assertThat(holds).extracting(Standing::key).containsExactly("releasing.holds.draft");
        }
    }
}
