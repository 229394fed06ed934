package dev.rondo.app;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Commands, typed into the box and posted as Slack posts a slash command. */
final class DemoChat {

    private static final String SECRET = "a-signing-secret-of-the-demo";
    private static final String PERSON = "ada.in.slack";

    private final DemoServer server;
    private final String project;

    DemoChat(DemoServer server, String project) {
        this.server = server;
        this.project = project;
    }

    void requireHelp() {
        var help = box("/help").json().path("text").asString("");
        for (var word :
                new String[] {"/ticket", "/run", "/release", "/deploy", "/incidents", "/status"}) {
            if (!help.contains(word)) {
                throw new DemoProblem("/help does not offer " + word + ": " + help);
            }
        }
    }

    DemoServer.Answer box(String command) {
        return server.post("/api/projects/" + project + "/commands", Map.of("command", command));
    }

    void connect() {
        require(server.form("/projects/" + project + "/chat", Map.of("secret", SECRET), Map.of()));
        require(
                server.form(
                        "/projects/" + project + "/chat/people",
                        Map.of("person", PERSON, "account", DemoCommand.ACCOUNT),
                        Map.of()));
    }

    /** As https://docs.slack.dev/interactivity/implementing-slash-commands describes it. */
    void slack(String command, String text) {
        var form = new LinkedHashMap<String, String>();
        form.put("command", command);
        form.put("text", text);
        form.put("user_name", PERSON);
        form.put("response_url", "https://hooks.slack.example/unused");
        var time = String.valueOf(Instant.now().getEpochSecond());
        var answer =
                server.form(
                        "/hooks/chat/" + project,
                        form,
                        Map.of(
                                "X-Slack-Request-Timestamp",
                                time,
                                "X-Slack-Signature",
                                "v0=" + sign("v0:" + time + ":" + DemoServer.encode(form))));
        require(answer);
    }

    private static void require(DemoServer.Answer answer) {
        if (answer.status() >= 400) {
            throw new DemoProblem("chat: " + answer.status() + " " + answer.body());
        }
    }

    private static String sign(String message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
