package dev.rondo.loop;

import dev.rondo.access.Accounts;
import dev.rondo.access.Caller;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command box, and the slash-command endpoint that Slack and Mattermost post to. */
final class CommandPages {

    private static final Duration SHOWN = Duration.ofDays(30);
    private static final long LARGEST_POST = 64 * 1024;

    private final Spine spine;
    private final Commands commands;
    private final Chats chats;

    CommandPages(Spine spine, Commands commands) {
        this.spine = spine;
        this.commands = commands;
        this.chats = new Chats(spine);
    }

    List<ChatCommand> list() {
        return commands.list();
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/commands", May.READ, this::page);
        routes.post("/projects/{project}/commands", May.READ, this::give);
        routes.post("/api/projects/{project}/commands", May.READ, this::give);
        routes.post("/projects/{project}/chat", May.OWN, this::connect);
        routes.post("/projects/{project}/chat/people", May.OWN, this::introduce);
        // Nobody has proved anything yet when the body is read.
        routes.post("/hooks/chat/{chat}", May.ANYONE, this::said)
                .fromOtherSites()
                .bodyUpTo(LARGEST_POST);
    }

    private void page(Visit visit) {
        var project = visit.project().name();
        long since = Micros.of(Instant.now().minus(SHOWN));
        var given =
                spine
                        .store()
                        .read(sql ->
                                JournalReads.ofKind(sql, project, Kind.COMMAND_GIVEN, since, 500))
                        .reversed()
                        .stream()
                        .limit(50)
                        .map(event -> HomePages.entry(visit, event))
                        .toList();
        visit.page(
                Page.titled(visit.text("loop.command.title"))
                        .style(HomePages.STYLE)
                        .menu("loop.menu.commands"),
                HomePages.TEMPLATES.commands(
                        visit,
                        given,
                        commands.help(visit.caller(), visit.project(), visit.locale()),
                        spine.publicUrl() + "/hooks/chat/" + project,
                        visit.may(May.OWN) ? chats.people(project) : Map.of(),
                        visit.may(May.OWN) && chats.connected(project)));
    }

    private void give(Visit visit) {
        var answer =
                commands.run(visit.caller(), visit.project(), line(visit), visit.locale(), "box");
        if (visit.wantsJson() || visit.http().path().startsWith("/api/")) {
            visit.json(answer.accepted() ? 200 : 422, answer);
            return;
        }
        if (answer.accepted()) {
            visit.notice("loop.command.answer", answer.text());
        } else {
            visit.warning("loop.command.answer", answer.text());
        }
        visit.redirect(
                answer.href().isEmpty()
                        ? "/projects/" + visit.project().name() + "/commands"
                        : answer.href());
    }

    /** The box and the palette send {@code text}; a program may send JSON. */
    private static String line(Visit visit) {
        var type = visit.http().contentType();
        return type != null && type.startsWith("application/json")
                ? visit.body(Line.class).command()
                : visit.param("text");
    }

    /** The body of a command given by API. */
    record Line(String command) {}

    private void connect(Visit visit) {
        var secret = visit.param("secret").strip();
        if (secret.length() < 16) {
            visit.refuse(Refusal.of("loop.chat.secret").at("secret"));
            return;
        }
        chats.connect(visit.project().name(), secret);
        visit.notice("loop.chat.connected");
        visit.redirect("/projects/" + visit.project().name() + "/commands");
    }

    private void introduce(Visit visit) {
        var person = visit.param("person").strip();
        var account = visit.param("account").strip();
        if (person.isEmpty() || spine.store().read(sql -> Accounts.find(sql, account)).isEmpty()) {
            visit.refuse(Refusal.of("access.account.unknown", account).at("account"));
            return;
        }
        chats.introduce(visit.project().name(), person, account);
        visit.notice("loop.chat.introduced", person, account);
        visit.redirect("/projects/" + visit.project().name() + "/commands");
    }

    /**
     * Slack's slash command: a form, signed with the app's secret
     * (https://docs.slack.dev/authentication/verifying-requests-from-slack).
     */
    private void said(Visit visit) {
        var project = visit.param("chat");
        var body = visit.http().body();
        boolean genuine =
                chats.genuine(
                        project,
                        header(visit, "X-Slack-Request-Timestamp"),
                        body,
                        header(visit, "X-Slack-Signature"));
        if (!genuine) {
            visit.json(401, Map.of("text", visit.text("loop.chat.signature")));
            return;
        }
        var form = form(body);
        var person = form.getOrDefault("user_name", "");
        var caller = chats.caller(project, person);
        var text = answer(visit, project, caller.orElse(Caller.ANYONE), form, person);
        visit.json(Map.of("response_type", "in_channel", "text", text));
    }

    private String answer(
            Visit visit, String project, Caller caller, Map<String, String> form, String person) {
        var found = spine.access().projects().find(project);
        if (found.isEmpty() || !caller.signedIn()) {
            return visit.text("loop.chat.stranger", person);
        }
        var command = form.getOrDefault("command", "");
        var text = form.getOrDefault("text", "");
        // Slack's app may be called "/rondo deploy shop …" or have a command per word.
        var line = command.equals("/rondo") ? text : command + " " + text;
        var answer = commands.run(caller, found.get(), line, visit.locale(), "chat");
        return answer.href().isEmpty()
                ? answer.text()
                : answer.text() + "\n" + spine.publicUrl() + answer.href();
    }

    private static String header(Visit visit, String name) {
        var value = visit.http().header(name);
        return value == null ? "" : value;
    }

    private static Map<String, String> form(String body) {
        var form = new HashMap<String, String>();
        for (var pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }
}
