package dev.rondo.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The command box on its page, and by API. */
class CommandBoxTest {

    private final ChatRoom room = new ChatRoom();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void theBoxOnThePageAnswersAndTheRightsAreTheSame() {
        var box = "/projects/shop/commands";
        assertThat(room.olga.get(box))
                .contains("placeholder=\"/help\"", "/deploy", "wanda → wanda");
        var done =
                room.olga.send(
                        "POST", box, "text=" + ChatRoom.encode("/deploy shop 1 to production"));
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.headers().firstValue("Location")).contains("/projects/shop/rollouts/1");
        assertThat(room.deployed).containsExactly("olga: shop 1 to production");
        assertThat(notice(room.olga.send("POST", box, "text=" + ChatRoom.encode("/dance"))))
                .contains("/dance");
        assertThat(notice(room.olga.send("POST", box, "text=" + "x".repeat(1_900))))
                .as("a long answer, too")
                .contains("loop.command.answer", "xxx …");
        var api = room.olga.post("/api" + box, "{\"command\": \"/help\"}", 200);
        assertThat(api).contains("\"accepted\":true", "/deploy");
        assertThat(room.olga.post("/api" + box, "{\"command\": \"/dance\"}", 422))
                .contains("\"accepted\":false", "There is no command");
        assertThat(room.olga.get(box)).contains("/dance");
        assertThat(room.olga.post("/projects/shop/chat", "secret=short", 422))
                .contains("16 characters");
        assertThat(room.olga.post("/projects/shop/chat/people", "person=x&account=nobody", 422))
                .contains("nobody");
    }

    private static String notice(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        var cookie = answer.headers().firstValue("Set-Cookie").orElse("no notice");
        var value = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
        return new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
    }

    @Test
    void onlyOwnersConnectAChat() {
        for (var path : List.of("chat", "chat/people")) {
            var answer =
                    room.send(
                            room.as("wanda", "/projects/shop/" + path),
                            "secret=" + ChatRoom.SECRET + "&person=x&account=olga");
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
        }
        assertThat(new Chats(room.ground.spine()).person("shop", "x")).isEmpty();
    }

    @Test
    void aReaderIsToldWhatTheirRoleDoesNotAllow() {
        var answer =
                room.send(room.as("rudi", "/api/projects/shop/commands"), "text=%2Fdeploy+shop+1");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Your role in this project does not allow /deploy");
        assertThat(room.deployed).isEmpty();
    }
}
