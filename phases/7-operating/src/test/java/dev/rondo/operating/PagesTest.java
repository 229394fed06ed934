package dev.rondo.operating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Caller;
import dev.rondo.kits.Databases;
import dev.rondo.phase.ChatCommand;
import dev.rondo.web.Texts;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Pages over HTTP: ada owns, grace writes, linus reads. One server; each test makes its own
 * incident.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PagesTest {

    private static final String INCIDENTS = "/projects/shop/operating/incidents";
    private static final String SERVICE = "/projects/shop/operating/services/shop/production";
    private static Ground ground;

    @BeforeAll
    static void open() {
        ground = new Ground(Databases.sqlite());
    }

    @AfterAll
    static void close() {
        ground.close();
    }

    @Test
    @Order(1)
    void emptyPagesSayWhatToDoNext() {
        assertThat(ground.get("linus", INCIDENTS)).contains("Nothing is broken");
        assertThat(ground.get("linus", "/projects/shop/operating/services"))
                .contains("No service yet");
        assertThat(command("incidents").text()).isEqualTo("No incident is open.");
    }

    @Test
    @Order(2)
    void anIncidentIsShownWithEvidenceTimelineAndPanels() {
        ground.deployed("1.0.0");
        ground.rolledBack("1.1.0", 0.2);
        ground.incident(1, i -> i.state() == IncidentState.MITIGATED);
        assertThat(ground.get("linus", INCIDENTS)).contains("shop 1.1.0 was rolled back");
        assertThat(ground.get("linus", INCIDENTS + "/1"))
                .contains("20.0 %")
                .contains("GET /api/cart")
                .contains("Incident 1 opened (major)")
                .contains("shop in production went back from 1.1.0 to 1.0.0")
                .doesNotContain("/resolution");
        assertThat(ground.get("linus", SERVICE))
                .contains("panel of shop/production")
                .contains("shop 1.1.0 was rolled back");
        assertThat(ground.get("linus", "/projects/shop/operating/services")).contains("!1 shop");
    }

    @Test
    @Order(3)
    void pagesSpeakGerman() {
        var german = ground.get("linus", INCIDENTS + "/1?language=de");
        assertThat(german).isNotEmpty();
        var texts = Texts.of("operating");
        assertThat(texts.keys(Locale.GERMAN)).isEqualTo(texts.keys(Locale.ENGLISH));
        for (var key : texts.keys(Locale.ENGLISH)) {
            if (key.startsWith("operating.")) {
                for (var language : Texts.LANGUAGES) {
                    assertThat(texts.say(language, key, 1L, 2L, "x", "y")).isNotBlank();
                }
            }
        }
        assertThat(texts.say(Locale.GERMAN, "operating.holds.incidents", 3L))
                .isEqualTo("3 offene Störungen");
    }

    @Test
    @Order(4)
    void readersMayLookButNotAct() {
        assertThat(ground.post("linus", INCIDENTS + "/1/acknowledgement", "").statusCode())
                .isEqualTo(403);
        assertThat(ground.post("linus", INCIDENTS, "title=x&severity=major").statusCode())
                .isEqualTo(403);
        assertThat(ground.post("grace", SERVICE + "/care", "").statusCode()).isEqualTo(403);
        assertThat(ground.post("grace", "/admin/mail", "").statusCode()).isEqualTo(403);
        assertThat(ground.send("linus", INCIDENTS + "/99", "GET", "", "text/html").statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(5)
    void acknowledgingTwiceIsRefusedWithTheName() {
        assertThat(ground.post("grace", INCIDENTS + "/1/acknowledgement", "").statusCode())
                .isEqualTo(303);
        var again = ground.post("ada", INCIDENTS + "/1/acknowledgement", "");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("acknowledged by grace already");
        assertThat(ground.incident(1).state()).isEqualTo(IncidentState.MITIGATED);
    }

    @Test
    @Order(6)
    void aResolutionNeedsAReason() {
        var without = ground.post("grace", INCIDENTS + "/1/resolution", "resolution=+");
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(without.body()).contains("Say how it was resolved.");
        var with = ground.post("grace", INCIDENTS + "/1/resolution", "resolution=put+it+right");
        assertThat(with.statusCode()).isEqualTo(303);
        assertThat(ground.get("linus", INCIDENTS + "/1")).contains("put it right");
        assertThat(ground.post("grace", INCIDENTS + "/1/mitigation", "").statusCode())
                .isEqualTo(409);
    }

    @Test
    @Order(7)
    void aReviewStartsFromFactsAndNoticesAnotherEditor() {
        var path = INCIDENTS + "/1/review";
        assertThat(ground.get("grace", path))
                .contains("It came with version 1.1.0")
                .contains("Users were safe after");
        var first = ground.post("grace", path, "edition=0&summary=Carts+failed&toImprove=%237");
        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(ground.get("linus", path))
                .contains("Carts failed")
                .contains("/projects/shop/planning/items/7");
        var second = ground.post("ada", path, "edition=0&summary=Mine");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("grace has saved this review").contains("Mine");
    }

    @Test
    @Order(8)
    void aManualIncidentIsCheckedAndOpened() {
        assertThat(ground.post("grace", INCIDENTS, "title=&severity=major").body())
                .contains("needs a title");
        assertThat(ground.post("grace", INCIDENTS, "title=x&severity=huge").statusCode())
                .isEqualTo(422);
        assertThat(
                        ground.post("grace", INCIDENTS, "title=x&severity=minor&service=no/where")
                                .body())
                .contains("There is no service &quot;no/where&quot;");
        var made =
                ground.post(
                        "grace",
                        INCIDENTS,
                        "title=Mails+are+late&severity=minor&service=shop/production");
        assertThat(made.headers().firstValue("Location")).contains(INCIDENTS + "/2");
        assertThat(ground.get("linus", INCIDENTS + "/2")).contains("Mails are late");
    }

    @Test
    @Order(9)
    void careIsForMembersOnly() {
        var stranger = ground.post("ada", SERVICE + "/care", "onCall=eve&escalateAfterMinutes=5");
        assertThat(stranger.statusCode()).isEqualTo(422);
        assertThat(stranger.body()).contains("eve").contains("is not a member");
        var odd =
                ground.post(
                        "ada", SERVICE + "/care", "runbook=javascript:1&escalateAfterMinutes=5");
        assertThat(odd.statusCode()).isEqualTo(422);
        var saved =
                ground.post(
                        "ada",
                        SERVICE + "/care",
                        "owners=ada,grace&onCall=grace&escalateAfterMinutes=5&runbook=/docs/x");
        assertThat(saved.statusCode()).isEqualTo(303);
        assertThat(ground.get("linus", SERVICE)).contains("grace").contains("/docs/x");
    }

    @Test
    @Order(10)
    void theApiSpeaksJson() {
        var api = "/api/projects/shop/operating/incidents";
        var made =
                ground.send(
                        "grace",
                        api,
                        "POST",
                        "{\"title\":\"by script\",\"severity\":\"critical\"}",
                        "application/json");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body()).contains("\"number\":3").contains("critical");
        var list = ground.send("linus", api, "GET", "", "application/json").body();
        assertThat(list).contains("by script").doesNotContain("\"number\":1,");
        var refused = ground.send("grace", api, "POST", "{\"title\":\"\"}", "application/json");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(ground.send("grace", api, "POST", "{", "application/json").statusCode())
                .isEqualTo(400);
        assertThat(ground.send("linus", api + "/3", "GET", "", "application/json").body())
                .contains("\"timeline\"");
    }

    @Test
    @Order(11)
    void peopleActFromTheChat() {
        assertThat(command("incidents").text()).contains("!3 (critical, open) by script");
        assertThat(command("ack", "3").accepted()).isTrue();
        assertThat(command("ack", "3").text()).contains("acknowledged by grace already");
        assertThat(command("resolve", "3").text()).isEqualTo("Say how it was resolved.");
        assertThat(command("resolve", "!3", "switched", "off").accepted()).isTrue();
        assertThat(ground.incident(3).resolution().text()).isEqualTo("switched off");
        assertThat(command("ack", "nine").accepted()).isFalse();
        assertThat(command("ack", "99").text()).contains("no incident 99");
    }

    @Test
    @Order(12)
    void settingsRefuseWhatCannotWork() {
        var path = "/projects/shop/operating/notifications";
        assertThat(ground.post("ada", path, "url=ftp://x&secret=0123456789abcdef").body())
                .contains("must start with http");
        assertThat(ground.post("ada", path, "url=http://x.example&secret=short").body())
                .contains("at least 16 characters");
        assertThat(
                        ground.post("ada", path, "url=http://x.example&secret=0123456789abcdef")
                                .statusCode())
                .isEqualTo(303);
        assertThat(ground.get("ada", path)).contains("http://x.example").doesNotContain("0123456");
        assertThat(ground.post("ada", path + "/deletion", "").statusCode()).isEqualTo(303);
        assertThat(ground.post("ada", "/admin/mail", "host=mail&port=0&security=tls").body())
                .contains("A port is a number");
        assertThat(
                        ground.post(
                                        "ada",
                                        "/admin/mail",
                                        "host=127.0.0.1&port=1&security=none&password=onlyForMail"
                                                + "&sender=r@x.org")
                                .statusCode())
                .isEqualTo(303);
        assertThat(ground.get("ada", "/admin/mail")).doesNotContain("onlyForMail");
        assertThat(ground.post("ada", "/admin/mail/trial", "").body())
                .contains("The mail server refused");
    }

    private static ChatCommand.Answer command(String word, String... words) {
        var command =
                ground.phase.commands().stream()
                        .filter(it -> it.word().equals(word))
                        .findFirst()
                        .orElseThrow();
        var caller = new Caller("grace", "Grace", false, "", "", Caller.Means.SESSION, "");
        var project = ground.access.projects().find("shop").orElseThrow();
        return command.action()
                .run(
                        new ChatCommand.Call(
                                caller,
                                project,
                                List.of(words),
                                String.join(" ", words),
                                Locale.ENGLISH,
                                "box"));
    }
}
