package dev.rondo.loop;

import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.loop.view.ChatPerson;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The command box and what was said in it; the chat has {@link ChatPages}. */
final class CommandPages {

    private static final Duration SHOWN = Duration.ofDays(30);

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
                        people(visit),
                        visit.may(May.OWN) && chats.connected(project)));
    }

    /** All of them for whoever owns the project; for everybody else those who act as them. */
    private List<ChatPerson> people(Visit visit) {
        return chats.people(visit.project().name()).stream()
                .filter(one -> visit.may(May.OWN) || one.account().equals(visit.caller().account()))
                .toList();
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
}
