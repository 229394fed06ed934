package dev.rondo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The server over HTTP, with real accounts and a real database. */
class WebTest {

    private static Playground playground;

    @BeforeAll
    static void start() {
        playground = Playground.start();
    }

    @AfterAll
    static void stop() {
        playground.close();
    }

    private static Browser browser() {
        return new Browser(playground.url());
    }

    @Test
    void everyAnswerForbidsInlineScriptAndFraming() {
        var answer = browser().get("/session");
        var policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-inline", "unsafe-eval");
        assertThat(answer.body())
                .doesNotContainPattern("<script>|<script [^>]*>[^<]|style=\"| on\\w+=\"");
    }

    @Test
    void pagesSendStrangersToSignInAndBackAgain() {
        var answer = browser().get("/projects/shop?x=1");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .contains("/session?next=%2Fprojects%2Fshop%3Fx%3D1");
        var signedIn =
                browser()
                        .post(
                                "/session",
                                "name",
                                "ada",
                                "password",
                                Playground.PASSWORD,
                                "next",
                                "/projects/shop?x=1");
        assertThat(signedIn.headers().firstValue("Location")).contains("/projects/shop?x=1");
    }

    @Test
    void signInNeverLeadsToAnotherSite() {
        for (var next :
                new String[] {"//evil.example", "https://evil.example", "/\\evil.example"}) {
            var answer =
                    browser()
                            .post(
                                    "/session",
                                    "name",
                                    "ada",
                                    "password",
                                    Playground.PASSWORD,
                                    "next",
                                    next);
            assertThat(answer.headers().firstValue("Location")).contains("/");
        }
    }

    @Test
    void wrongPasswordSaysSoAndKeepsTheName() {
        var answer = browser().post("/session", "name", "linus", "password", "wrong wrong wrong");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Name or password is not right", "value=\"linus\"");
    }

    @Test
    void whoHasNoRoleDoesNotLearnThatTheProjectExists() {
        var grace = browser().signIn("grace");
        var hidden = grace.get("/projects/shop");
        var missing = grace.get("/projects/nothing");
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(hidden.body().replace("shop", "nothing").length())
                .isEqualTo(missing.body().length());
    }

    @Test
    void adminPagesAreForAdministrators() {
        assertThat(browser().signIn("grace").get("/admin/accounts").statusCode()).isEqualTo(403);
        assertThat(browser().signIn("ada").get("/admin/accounts").body()).contains("Grace Hopper");
    }

    @Test
    void apiAnswersInJsonAlsoWhenItRefusesOrFails() {
        var token = playground.token("ada");
        var fine = browser().get("/api/projects/shop/thing", "Authorization", "Bearer " + token);
        assertThat(fine.body()).isEqualTo("{\"project\":\"shop\"}");
        var stranger = browser().get("/api/projects/shop/thing");
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.body()).contains("\"key\":\"web.signin.token\"");
        var wrong = browser().get("/api/projects/shop/thing", "Authorization", "Bearer rondo_x");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("access.token.invalid");
        var broken = browser().get("/api/broken");
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).contains("\"id\":\"").doesNotContain("broken on purpose");
        var unknown = browser().get("/api/none");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("web.missing");
    }

    @Test
    void gitClientsAreAskedForAPassword() {
        var asked = browser().get("/shop.git/info/refs");
        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(asked.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Basic");
        var pair = "x:" + playground.token("ada");
        var basic =
                "Basic "
                        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        var served = browser().get("/shop.git/info/refs", "Authorization", basic);
        assertThat(served.body()).isEqualTo("refs");
    }

    @Test
    void formWithoutTheTokenIsRefused() {
        var ada = browser().signIn("ada");
        ada.get("/projects/shop");
        assertThat(ada.postWith("wrong", "/projects/shop/notes", "text", "x").statusCode())
                .isEqualTo(403);
        assertThat(ada.post("/projects/shop/notes", "text", "x").statusCode()).isEqualTo(303);
    }

    @Test
    void requestsFromOtherSitesAreRefusedUnlessTheRouteIsForThem() {
        var form = "application/x-www-form-urlencoded";
        var cross =
                browser()
                        .send(
                                "POST",
                                "/session",
                                "name=a&password=b",
                                "Content-Type",
                                form,
                                "Sec-Fetch-Site",
                                "cross-site");
        assertThat(cross.statusCode()).isEqualTo(403);
        var origin =
                browser()
                        .send(
                                "POST",
                                "/session",
                                "name=a",
                                "Content-Type",
                                form,
                                "Origin",
                                "https://evil.example");
        assertThat(origin.statusCode()).isEqualTo(403);
        var hook = browser().send("POST", "/hook", "{}", "Origin", "https://elsewhere.example");
        assertThat(hook.statusCode()).isEqualTo(200);
    }

    @Test
    void noticeIsShownOnceOnTheNextPage() {
        var ada = browser().signIn("ada");
        ada.get("/projects/shop");
        ada.post("/projects/shop/notes", "text", "hello");
        assertThat(ada.get("/projects/shop").body()).contains("class=\"notice fine\"");
        assertThat(ada.get("/projects/shop").body()).doesNotContain("class=\"notice fine\"");
    }

    @Test
    void panelThatThrowsLeavesABoxAndHarmsNoOther() {
        var page = browser().signIn("ada").get("/projects/shop/tickets/12");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("panel failed", "The log knows why", "fine")
                .doesNotContain("a panel's own mistake");
        assertThat(page.body().split("class=\"panel", -1)).hasSize(4);
    }

    @Test
    void failureShowsAnIdAndNothingElse() {
        var page = browser().signIn("ada").get("/projects/shop/broken");
        assertThat(page.statusCode()).isEqualTo(500);
        assertThat(page.body())
                .containsPattern("trouble-id\" id=\"failure-id\">[0-9a-f]{10}<")
                .doesNotContain("IllegalState");
    }

    @Test
    void theIdOnTheErrorPageIsFoundInTheLogWithWhatHappened() {
        var log = (Logger) LoggerFactory.getLogger(Failures.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.addAppender(lines);
        try {
            var page = browser().signIn("ada").get("/projects/shop/broken").body();
            var json = browser().get("/api/broken").body();
            assertThat(lines.list).hasSize(2);
            var first = lines.list.getFirst();
            assertThat(first.getLevel()).isEqualTo(Level.ERROR);
            assertThat(first.getFormattedMessage()).contains("GET /projects/shop/broken");
            assertThat(first.getThrowableProxy().getMessage()).isEqualTo("broken on purpose");
            assertThat(page).contains("id=\"failure-id\">" + id(first) + "<");
            assertThat(json).contains("\"id\":\"" + id(lines.list.getLast()) + "\"");
            assertThat(id(first)).isNotEqualTo(id(lines.list.getLast()));
        } finally {
            log.detachAppender(lines);
        }
    }

    private static String id(ILoggingEvent line) {
        var message = line.getFormattedMessage();
        return message.substring(message.lastIndexOf("id ") + 3);
    }

    @Test
    void whoeverIsNotReadySaysSoAndIsWellAllTheSame() {
        assertThat(browser().get("/readyz").statusCode()).isEqualTo(200);
        playground.ready = false;
        try {
            var answer = browser().get("/readyz");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("not ready\n");
            assertThat(browser().get("/healthz").statusCode()).isEqualTo(200);
            assertThat(browser().get("/healthz").body()).isEqualTo("ok\n");
        } finally {
            playground.ready = true;
        }
    }

    @Test
    void htmxGetsTheContentAlone() {
        var part = browser().signIn("ada").get("/projects/shop/phase/1", "HX-Request", "true");
        assertThat(part.body()).contains("class=\"empty\"").doesNotContain("<html");
    }

    @Test
    void pagesSpeakTheReadersLanguage() {
        assertThat(browser().get("/session", "Accept-Language", "de-AT,en;q=0.5").body())
                .contains("lang=\"de\"", "Willkommen zurück");
        assertThat(browser().get("/session", "Accept-Language", "fr").body())
                .contains("lang=\"en\"", "Welcome back");
    }

    @Test
    void languageChosenWhileSignedInStaysWithTheAccount() {
        var grace = browser().signIn("grace");
        grace.get("/account");
        assertThat(grace.post("/preferences", "language", "de", "next", "/account").statusCode())
                .isEqualTo(303);
        assertThat(browser().signIn("grace").get("/account").body()).contains("Zugriffstoken");
    }

    @Test
    void assetsAreKeptForAYearUnderTheHashOfTheirBytes() {
        var page = browser().get("/session").body();
        var start = page.indexOf("/assets/");
        var css = page.substring(page.indexOf("href=\"/assets/", start + 20) + 6);
        var answer = browser().get(css.substring(0, css.indexOf('"')), "Accept-Encoding", "gzip");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow())
                .contains("immutable");
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(browser().get("/assets/0/../../etc/passwd").statusCode()).isIn(400, 404);
    }

    @Test
    void bodyOverTheRoutesLimitIsRefused() {
        assertThat(browser().send("POST", "/small", "x".repeat(100)).statusCode()).isEqualTo(413);
        assertThat(browser().send("POST", "/small", "x").statusCode()).isEqualTo(200);
    }

    @Test
    void bodyInChunksCannotBeLargerThanOneThatSaysItsLength() {
        var chunks = browser().chunks("/small", "", "x".repeat(100));
        assertThat(chunks.statusCode()).isEqualTo(413);
        assertThat(browser().chunks("/small", "", "x").statusCode()).isEqualTo(200);
        var part = "--b\r\nContent-Disposition: form-data; name=\"name\"; filename=\"f\"\r\n\r\n";
        var file =
                browser()
                        .chunks(
                                "/session",
                                "multipart/form-data; boundary=b",
                                part + "x".repeat(3_000_000) + "\r\n--b--\r\n");
        assertThat(file.statusCode()).isBetween(400, 499);
    }

    @Test
    void wrongMethodIsNotAnUnknownAddress() {
        assertThat(browser().send("DELETE", "/healthz", "").statusCode()).isEqualTo(405);
    }

    @Test
    void figuresAreForThisMachineAndNotThroughAProxy() {
        assertThat(browser().get("/metrics").body()).contains("rondo_web_request_seconds_bucket");
        assertThat(browser().get("/metrics", "X-Forwarded-For", "10.0.0.1").statusCode())
                .isEqualTo(403);
    }

    @Test
    void liveStreamTellsWhatIsPublished() throws Exception {
        var ada = browser().signIn("ada");
        var stream = ada.stream("/projects/shop/live?about=ticket:12");
        assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/event-stream");
        int before = playground.site.live().listeners();
        assertThat(before).isPositive();
        playground
                .site
                .live()
                .publish("shop", dev.rondo.journal.Subject.of("ticket", 12), "changed", "a\nb");
        playground.site.live().publish("hello", "changed", "not for us");
        try (var lines =
                new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("retry");
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isEqualTo("event: changed");
            assertThat(lines.readLine()).isEqualTo("data: a");
            assertThat(lines.readLine()).isEqualTo("data: b");
        }
        for (int i = 0; i < 20; i++) {
            playground.site.live().publish("shop", "tick", String.valueOf(i));
        }
        await().untilAsserted(() -> {
            playground.site.live().publish("shop", "tick", "x");
            assertThat(playground.site.live().listeners()).isLessThan(before);
        });
    }

    @Test
    void paletteFindsPagesAndProjects() {
        var found = browser().signIn("ada").get("/projects/shop/palette?q=hello");
        assertThat(found.body()).contains("\"path\":\"/projects/hello\"");
    }

    @Test
    void freshTokenIsShownOnceAndWorks() {
        var ada = browser().signIn("ada");
        ada.get("/account");
        var made = ada.post("/account/tokens", "title", "laptop", "days", "7").body();
        var from = made.indexOf("rondo_", made.indexOf("fresh-token"));
        var secret = made.substring(from, made.indexOf('<', from));
        assertThat(ada.get("/account").body()).contains("laptop").doesNotContain(secret);
        var used = browser().get("/api/projects/shop/thing", "Authorization", "token " + secret);
        assertThat(used.statusCode()).isEqualTo(200);
    }

    @Test
    void onesOwnSessionsAreListedAndEndedOneByOneOrAllTheOthers() {
        var ada = browser().signIn("ada");
        var laptop = browser().signIn("ada");
        var phone = browser().signIn("ada");
        var page = ada.get("/account/sessions").body();
        assertThat(page).containsOnlyOnce("This browser").contains("127.0.0.1", "Java-http-client");
        assertThat(page.indexOf("This browser"))
                .isGreaterThan(page.indexOf("class=\"card session"));
        var other = page.split("/account/sessions/")[1];
        var id = other.substring(0, other.indexOf('/'));
        assertThat(ada.postWith("wrong", "/account/sessions/" + id + "/end").statusCode())
                .isEqualTo(403);
        assertThat(ada.post("/account/sessions/" + id + "/end").statusCode()).isEqualTo(303);
        assertThat(phone.get("/account").statusCode()).as("ended").isEqualTo(303);
        assertThat(laptop.get("/account").statusCode()).isEqualTo(200);
        assertThat(ada.post("/account/sessions/" + id + "/end").statusCode()).isEqualTo(404);
        assertThat(ada.post("/account/sessions/end").statusCode()).isEqualTo(303);
        assertThat(laptop.get("/account").statusCode()).as("ended with all").isEqualTo(303);
        var german = ada.get("/account/sessions", "Accept-Language", "de").body();
        assertThat(german)
                .contains("Dieser Browser", "Abmelden")
                .doesNotContain("Alle anderen Sitzungen beenden");
    }

    @Test
    void everyRouteOfAProjectAsksForARight() {
        assertThat(playground.web.routes().all())
                .filteredOn(route -> route.path().contains("{project}"))
                .allSatisfy(route ->
                        assertThat(route.may()).isIn(May.READ, May.WRITE, May.OWN, May.ADMIN));
    }
}
