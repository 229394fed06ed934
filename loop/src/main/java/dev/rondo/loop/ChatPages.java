package dev.rondo.loop;

import dev.rondo.access.Account;
import dev.rondo.access.Accounts;
import dev.rondo.access.Caller;
import dev.rondo.phase.Spine;
import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The slash-command endpoint that Slack and Mattermost post to, and who is who there. */
final class ChatPages {

    private static final long LARGEST_POST = 64 * 1024;

    private final Spine spine;
    private final Commands commands;
    private final Chats chats;

    ChatPages(Spine spine, Commands commands) {
        this.spine = spine;
        this.commands = commands;
        this.chats = new Chats(spine);
    }

    void routes(Routes routes) {
        routes.post("/projects/{project}/chat", May.OWN, this::connect);
        routes.post("/projects/{project}/chat/people", May.OWN, this::introduce);
        routes.post("/projects/{project}/chat/confirmations", May.READ, this::confirm);
        routes.post("/projects/{project}/chat/removals", May.READ, this::remove);
        // Nobody has proved anything yet when the body is read.
        routes.post("/hooks/chat/{chat}", May.ANYONE, this::said)
                .fromOtherSites()
                .bodyUpTo(LARGEST_POST);
    }

    private void connect(Visit visit) {
        var secret = visit.param("secret").strip();
        if (secret.length() < 16) {
            visit.refuse(Refusal.of("loop.chat.secret").at("secret"));
            return;
        }
        chats.connect(visit.project().name(), secret, visit.caller().account());
        visit.notice("loop.chat.connected");
        back(visit);
    }

    private void introduce(Visit visit) {
        var person = visit.param("person").strip();
        var account = visit.param("account").strip();
        if (person.isEmpty() || spine.store().read(sql -> Accounts.find(sql, account)).isEmpty()) {
            visit.refuse(Refusal.of("access.account.unknown", account).at("account"));
            return;
        }
        var by = visit.caller().account();
        chats.introduce(visit.project().name(), person, account, by);
        visit.notice(
                account.equals(by) ? "loop.chat.introduced" : "loop.chat.waits", person, account);
        back(visit);
    }

    /** By the account itself: nobody else can let others act as it. */
    private void confirm(Visit visit) {
        var person = visit.param("person");
        var account = visit.caller().account();
        if (!chats.confirm(visit.project().name(), person, account)) {
            throw Refusal.missing("loop.chat.nobody", person).asException();
        }
        visit.notice("loop.chat.introduced", person, account);
        back(visit);
    }

    private void remove(Visit visit) {
        var project = visit.project().name();
        var person = visit.param("person");
        var caller = visit.caller().account();
        boolean allowed =
                chats.person(project, person)
                        .filter(one -> visit.may(May.OWN) || one.account().equals(caller))
                        .isPresent();
        if (!allowed || !chats.remove(project, person, caller)) {
            throw Refusal.missing("loop.chat.nobody", person).asException();
        }
        visit.notice("loop.chat.removed", person);
        back(visit);
    }

    private static void back(Visit visit) {
        visit.redirect("/projects/" + visit.project().name() + "/commands");
    }

    /**
     * Slack's slash command: a form, signed with the app's secret
     * (https://docs.slack.dev/authentication/verifying-requests-from-slack). Mattermost sends the
     * same form and the command's token
     * (https://developers.mattermost.com/integrate/slash-commands/custom).
     */
    private void said(Visit visit) {
        var project = visit.param("chat");
        var body = visit.http().body();
        var proof =
                new Chats.Proof(
                        header(visit, "X-Slack-Request-Timestamp"),
                        header(visit, "X-Slack-Signature"),
                        header(visit, "Authorization"));
        var doubt = chats.doubt(project, proof, body);
        if (doubt.isPresent()) {
            visit.json(401, Map.of("text", visit.text(doubt.get())));
            return;
        }
        var form = form(body);
        if (form.isEmpty()) {
            visit.json(400, Map.of("text", visit.text("loop.chat.form")));
            return;
        }
        var text = answer(visit, project, form.get());
        visit.json(Map.of("response_type", "in_channel", "text", text));
    }

    private String answer(Visit visit, String project, Map<String, String> form) {
        var id = form.getOrDefault("user_id", "");
        var name = form.getOrDefault("user_name", "");
        var person = chats.person(project, id, name);
        var account =
                person.flatMap(one -> spine.store().read(sql -> Accounts.find(sql, one.account())));
        var found = spine.access().projects().find(project);
        if (found.isEmpty() || person.isEmpty() || account.isEmpty()) {
            return visit.text("loop.chat.stranger", name, id);
        }
        var caller = caller(account.get());
        var locale = caller.language().isEmpty() ? visit.locale() : Locale.of(caller.language());
        if (!person.get().confirmed() || account.get().disabled()) {
            var why = account.get().disabled() ? "loop.chat.disabled" : "loop.chat.unconfirmed";
            return spine.texts().say(locale, why, name, caller.account());
        }
        var command = form.getOrDefault("command", "");
        var text = form.getOrDefault("text", "");
        // Slack's app may be called "/rondo deploy shop …" or have a command per word.
        var line = command.equals("/rondo") ? text : command + " " + text;
        var answer = commands.run(caller, found.get(), line, locale, "chat");
        return answer.href().isEmpty()
                ? answer.text()
                : answer.text() + "\n" + spine.publicUrl() + answer.href();
    }

    private static Caller caller(Account account) {
        return new Caller(
                account.name(),
                account.title(),
                account.admin(),
                account.language(),
                account.theme(),
                Caller.Means.TOKEN,
                "");
    }

    private static String header(Visit visit, String name) {
        var value = visit.http().header(name);
        return value == null ? "" : value;
    }

    /** Empty if the body is no form. */
    private static Optional<Map<String, String>> form(String body) {
        var form = new HashMap<String, String>();
        try {
            for (var pair : body.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
        return form.isEmpty() ? Optional.empty() : Optional.of(form);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
