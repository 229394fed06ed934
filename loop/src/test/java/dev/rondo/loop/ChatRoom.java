package dev.rondo.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Accounts;
import dev.rondo.access.Outcome;
import dev.rondo.access.Role;
import dev.rondo.access.Tokens;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.kits.ground.Ground;
import dev.rondo.kits.ground.Surf;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Phase;
import dev.rondo.phase.Standing;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.Routes;
import dev.rondo.web.Web;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;

/**
 * A server whose project {@code shop} is connected to a chat with its owner olga, wanda, who
 * writes, and rudi, who reads; and the chat, which posts what they say.
 */
final class ChatRoom implements AutoCloseable {

    static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    private static final String FORM = "application/x-www-form-urlencoded";

    /** Who deployed what. */
    final List<String> deployed = new CopyOnWriteArrayList<>();

    final Ground ground = new Ground("loop", "room");
    final Surf olga;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Web web;

    ChatRoom() {
        var entry =
                new MenuEntry(
                        "loop",
                        0,
                        "loop.menu.commands",
                        "/projects/{project}/commands",
                        1,
                        May.READ);
        var commands = new Commands(ground.spine(), List.of(new Deploys()));
        web =
                new Web(
                        ground.site().menu(List.of(entry)),
                        routes -> {
                            new CommandPages(ground.spine(), commands).routes(routes);
                            new ChatPages(ground.spine(), commands).routes(routes);
                        });
        olga = new Surf(ground.spine(), web);
        account("rudi", Role.READER);
        account("wanda", Role.WRITER);
        olga.post("/projects/shop/chat", "secret=" + SECRET, 303);
        introduce("olga", "olga");
        introduce("rudi", "rudi");
        introduce("wanda", "wanda");
    }

    @Override
    public void close() {
        web.stop();
        client.close();
        ground.close();
    }

    /** A phase that remembers what it was told to deploy. */
    private final class Deploys implements Phase {
        @Override
        public String name() {
            return "deploying";
        }

        @Override
        public int place() {
            return 6;
        }

        @Override
        public void routes(Routes routes) {}

        @Override
        public List<ChatCommand> commands() {
            return List.of(
                    new ChatCommand("deploy", "room.deploy", May.WRITE, this::deploy),
                    new ChatCommand("status", "room.status", May.READ, this::status));
        }

        private ChatCommand.Answer deploy(ChatCommand.Call call) {
            deployed.add(call.caller().account() + ": " + call.text());
            return ChatCommand.Answer.done("On its way", "/projects/shop/rollouts/1");
        }

        private ChatCommand.Answer status(ChatCommand.Call call) {
            throw new IllegalStateException("broken on purpose");
        }

        @Override
        public List<Standing> holds(Handle sql, String project) {
            return List.of();
        }
    }

    private void account(String name, Role role) {
        var wanted = new Accounts.NewAccount(name, name, "", "correct horse battery", false);
        ground.spine().access().accounts().create("", wanted);
        ground.spine().access().projects().setRole("olga", "shop", name, role);
    }

    void introduce(String person, String account) {
        olga.post(
                "/projects/shop/chat/people",
                "person=" + encode(person) + "&account=" + encode(account),
                303);
        if (!account.equals("olga")) {
            var answer = send(as(account, "/projects/shop/chat/confirmations"), "person=" + person);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String form(String person, String command, String text) {
        return "token=gone&team_id=T1&user_id=U2CERLKJA&user_name="
                + encode(person)
                + "&command="
                + encode(command)
                + "&text="
                + encode(text);
    }

    /** As Slack documents it; none of the program's own code. */
    static String signature(String secret, long at, String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var signed = ("v0:" + at + ":" + body).getBytes(StandardCharsets.UTF_8);
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(signed));
        } catch (GeneralSecurityException failed) {
            throw new AssertionError(failed);
        }
    }

    HttpResponse<String> say(String person, String command, String text) {
        return say("shop", SECRET, Instant.now().getEpochSecond(), form(person, command, text));
    }

    HttpResponse<String> say(String project, String secret, long at, String body) {
        return post(project, signature(secret, at, body), String.valueOf(at), body);
    }

    HttpResponse<String> post(String project, String signature, String at, String body) {
        return send(
                request(project)
                        .header("X-Slack-Signature", signature)
                        .header("X-Slack-Request-Timestamp", at),
                body);
    }

    HttpRequest.Builder request(String project) {
        return to("/hooks/chat/" + project);
    }

    List<Fact.CommandGiven> given() {
        return ground
                .spine()
                .store()
                .read(sql -> JournalReads.ofKind(sql, "shop", Kind.COMMAND_GIVEN, 0, 100))
                .stream()
                .map(event -> (Fact.CommandGiven) event.fact())
                .toList();
    }

    List<String> audited() {
        return ground
                .spine()
                .store()
                .read(sql -> JournalReads.ofKind(sql, "shop", Kind.AUDIT_RECORDED, 0, 100))
                .stream()
                .map(event -> ((Fact.AuditRecorded) event.fact()).action())
                .toList();
    }

    HttpResponse<String> send(HttpRequest.Builder request, String body) {
        return send(request.POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(
                    request.timeout(Duration.ofSeconds(20)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    /** A request to a page with a token of this account. */
    HttpRequest.Builder as(String account, String path) {
        var token =
                switch (ground.spine()
                        .access()
                        .tokens()
                        .create(account, "test", Duration.ofDays(1))) {
                    case Outcome.Done<Tokens.Fresh> done -> done.value().secret();
                    case Outcome.Refused<Tokens.Fresh> refused -> throw new AssertionError(refused);
                };
        return to(path).header("Authorization", "token " + token);
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                .header("Content-Type", FORM);
    }
}
