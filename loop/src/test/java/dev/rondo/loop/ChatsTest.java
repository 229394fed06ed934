package dev.rondo.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rondo.access.Projects;
import dev.rondo.journal.Fact;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slash commands as a chat posts them, over HTTP. */
class ChatsTest {

    private final ChatRoom room = new ChatRoom();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void signaturesAreThoseOfSlacksDocumentation() {
        var body =
                "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
                        + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
                        + "&user_name=roadrunner&command=%2Fwebhook-collect&text="
                        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J"
                        + "%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015."
                        + "47445629121.803a0bc887a14d10d2c447fce8b6703c";
        assertThat(Signature.hex(ChatRoom.SECRET, "v0:1531420618:" + body))
                .isEqualTo("a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }

    @Test
    void aSignedCommandIsCarriedOutAsTheAccountOfThePersonWhoGaveIt() {
        var own = room.say("wanda", "/deploy", "shop 1.0.0 to production");
        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        assertThat(own.body()).contains("On its way", "http://127.0.0.1:1/projects/shop/rollouts");
        var app = room.say("wanda", "/rondo", "deploy shop 1.0.1 to production");
        assertThat(app.body()).contains("On its way");
        assertThat(room.deployed)
                .containsExactly(
                        "wanda: shop 1.0.0 to production", "wanda: shop 1.0.1 to production");
        assertThat(room.given())
                .extracting(Fact.CommandGiven::source, Fact.CommandGiven::accepted)
                .containsOnly(tuple("chat", true))
                .hasSize(2);
    }

    @Test
    void helpNamesWhatThisPersonMayDo() {
        assertThat(room.say("wanda", "/help", "").body())
                .contains("  /deploy SERVICE VERSION to ENVIRONMENT – starts", "  /status – how");
        assertThat(room.say("wanda", "/rondo", "").body()).contains("/deploy", "/status");
        assertThat(room.say("rudi", "/rondo", "help").body())
                .contains("/status")
                .doesNotContain("/deploy");
    }

    @Test
    void whatIsNotSignedWithTheProjectsSecretIsRefused() {
        var now = Instant.now().getEpochSecond();
        var body = ChatRoom.form("wanda", "/deploy", "shop 1.0.0 to production");
        var wrong = room.say("shop", "another secret of 32 characters.", now, body);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("The signature does not fit the secret");
        var changed =
                room.post(
                        "shop",
                        ChatRoom.signature(ChatRoom.SECRET, now, body),
                        "" + now,
                        body.replace("1.0.0", "9"));
        assertThat(changed.statusCode()).isEqualTo(401);
        var moved =
                room.post(
                        "shop",
                        ChatRoom.signature(ChatRoom.SECRET, now, body),
                        "" + (now + 1),
                        body);
        assertThat(moved.statusCode()).as("the time is signed, too").isEqualTo(401);
        var none = room.send(room.request("shop"), body);
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.body()).contains("X-Slack-Request-Timestamp");
        assertThat(room.deployed).isEmpty();
        assertThat(room.given()).isEmpty();
    }

    @Test
    void aRequestThatIsOlderThanFiveMinutesOrComesTwiceIsRefused() {
        var now = Instant.now().getEpochSecond();
        var body = ChatRoom.form("wanda", "/deploy", "shop 1.0.0 to production");
        for (long at : List.of(now - 310, now + 310, 0L)) {
            var answer = room.say("shop", ChatRoom.SECRET, at, body);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("more than five minutes");
        }
        for (var at : List.of("", "-5", "now", "9999999999999999999999")) {
            assertThat(room.post("shop", "v0=00", at, body).statusCode()).as(at).isEqualTo(401);
        }
        assertThat(room.deployed).isEmpty();
        assertThat(room.say("shop", ChatRoom.SECRET, now - 240, body).statusCode()).isEqualTo(200);
        var again = room.say("shop", ChatRoom.SECRET, now - 240, body);
        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.body()).contains("heard before");
        assertThat(room.deployed).hasSize(1);
    }

    @Test
    void theSecretOfOneProjectOpensNoOther() {
        room.ground
                .spine()
                .store()
                .update(tx ->
                        room.ground
                                .spine()
                                .access()
                                .projects()
                                .create(
                                        tx,
                                        room.ground.owner(),
                                        new Projects.NewProject("bank", "Bank", "", "main")));
        room.olga.post(
                "/projects/bank/chat", "secret=" + ChatRoom.encode("the secret of the bank"), 303);
        room.olga.post("/projects/bank/chat/people", "person=wanda&account=olga", 303);
        var now = Instant.now().getEpochSecond();
        var body = ChatRoom.form("wanda", "/deploy", "bank 1.0.0 to production");
        assertThat(room.say("bank", ChatRoom.SECRET, now, body).statusCode()).isEqualTo(401);
        assertThat(room.say("none", ChatRoom.SECRET, now, body).statusCode()).isEqualTo(401);
        assertThat(room.say("bank?chat=shop", ChatRoom.SECRET, now, body).statusCode())
                .isEqualTo(401);
        assertThat(room.say("bank", ChatRoom.SECRET, now, body + "&chat=shop").statusCode())
                .isEqualTo(401);
        assertThat(room.deployed).isEmpty();
        assertThat(room.say("bank", "the secret of the bank", now, body).body())
                .contains("On its way");
    }

    @Test
    void refusalsSayWhy() {
        assertThat(room.say("mallory", "/deploy", "shop 1.0.0 to production").body())
                .contains("mallory (id U2CERLKJA) has no account here", "An owner of the project");
        assertThat(room.say("rudi", "/deploy", "shop 1.0.0 to production").body())
                .contains("Your role in this project does not allow /deploy");
        assertThat(room.say("wanda", "/dance", "").body())
                .contains("There is no command /dance", "/help");
        assertThat(room.say("wanda", "/status", "").body())
                .contains("wrong on our side", "under the id")
                .doesNotContain("on purpose");
        assertThat(room.say("wanda", "/deploy", "x".repeat(3_000)).body())
                .contains("at most 2000 characters");
        assertThat(room.given().getLast().command()).hasSizeLessThan(2_100);
        room.ground.spine().access().accounts().disable("olga", "wanda", true);
        assertThat(room.say("wanda", "/deploy", "shop 1.0.0 to production").body())
                .contains("wanda acts as wanda here, and that account is disabled");
        var bad =
                room.say("shop", ChatRoom.SECRET, Instant.now().getEpochSecond(), "user_name=%zz");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("is no form");
        assertThat(room.deployed).isEmpty();
    }

    @Test
    void thePersonsIdCountsMoreThanTheirName() {
        room.introduce("U2CERLKJA", "rudi");
        assertThat(room.say("wanda", "/deploy", "shop 1.0.0 to production").body())
                .as("whoever calls themselves wanda now")
                .contains("Your role in this project");
        var other =
                ChatRoom.form("U2CERLKJA", "/deploy", "shop")
                        .replace("user_id=U2CERLKJA", "user_id=U9");
        room.introduce("U2CERLKJA", "wanda");
        assertThat(room.say("shop", ChatRoom.SECRET, Instant.now().getEpochSecond(), other).body())
                .as("a name like another's id")
                .contains("has no account here");
        assertThat(room.deployed).isEmpty();
    }

    @Test
    void nobodyIsActedForWhoHasNotConfirmedIt() {
        room.olga.post("/projects/shop/chat/people", "person=wendy&account=wanda", 303);
        assertThat(room.say("wendy", "/deploy", "shop 1").body())
                .contains("wendy is to act as wanda here: wanda has to confirm that");
        var confirmations = "/projects/shop/chat/confirmations";
        assertThat(room.olga.post(confirmations, "person=wendy", 404)).contains("wendy");
        assertThat(room.send(room.as("rudi", confirmations), "person=wendy").statusCode())
                .isEqualTo(404);
        assertThat(room.deployed).isEmpty();
        assertThat(room.send(room.as("wanda", confirmations), "person=wendy").statusCode())
                .isEqualTo(303);
        assertThat(room.say("wendy", "/deploy", "shop 2").body()).contains("On its way");
        room.olga.post("/projects/shop/chat/people", "person=wendy&account=rudi", 303);
        assertThat(room.say("wendy", "/status", "again").body())
                .as("a confirmation is for one account")
                .contains("rudi has to confirm");
        assertThat(room.deployed).containsExactly("wanda: shop 2");
    }

    @Test
    void whoeverIsRemovedIsUnknownAgain() {
        var removals = "/projects/shop/chat/removals";
        assertThat(room.send(room.as("rudi", removals), "person=wanda").statusCode())
                .as("neither the owner nor wanda")
                .isEqualTo(404);
        assertThat(room.send(room.as("wanda", removals), "person=wanda").statusCode())
                .isEqualTo(303);
        assertThat(room.say("wanda", "/deploy", "shop 1").body()).contains("has no account here");
        room.olga.post(removals, "person=rudi", 303);
        assertThat(room.say("rudi", "/status", "").body()).contains("has no account here");
        assertThat(room.audited())
                .contains("chat.connected", "chat.person.confirmed", "chat.person.removed");
    }

    @Test
    void mattermostShowsItsTokenInsteadOfASignature() {
        room.olga.post("/projects/shop/chat", "secret=okwexkjpztfdzqksb8bc8nb6gc", 303);
        for (var token : List.of("okwexkjpztfdzqksb8bc8nb6gd", "null")) {
            var answer = byToken("shop", token);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("The token does not fit");
        }
        assertThat(byToken("none", "null").statusCode()).isEqualTo(401);
        assertThat(byToken("shop", "okwexkjpztfdzqksb8bc8nb6gc").body()).contains("On its way");
        assertThat(room.deployed).hasSize(1);
    }

    private HttpResponse<String> byToken(String project, String token) {
        return room.send(
                room.request(project).header("Authorization", "Token " + token),
                ChatRoom.form("wanda", "/deploy", "shop"));
    }

    @Test
    void aBodyOver64KiBIsRefusedBeforeAnythingIsChecked() {
        var body = ChatRoom.form("wanda", "/deploy", "x".repeat(64 * 1024));
        var announced = room.say("shop", ChatRoom.SECRET, Instant.now().getEpochSecond(), body);
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(announced.body()).contains("at most 64 KiB");
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var chunks =
                room.send(
                        room.request("shop")
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(bytes))));
        assertThat(chunks.statusCode()).isEqualTo(413);
        assertThat(chunks.body()).contains("at most 64 KiB");
    }

    @Test
    void answersAreInTheLanguageOfTheAccount() {
        room.ground.spine().access().accounts().prefer("rudi", "de", "");
        assertThat(room.say("rudi", "/deploy", "shop").body()).contains("erlaubt /deploy nicht");
    }
}
