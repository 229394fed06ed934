package dev.rondo.operating;

import dev.rondo.access.Outcome;
import dev.rondo.operating.Incident.Resolution;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.ChatCommand.Answer;
import dev.rondo.phase.ChatCommand.Call;
import dev.rondo.phase.Spine;
import dev.rondo.web.May;
import java.util.List;
import java.util.OptionalLong;

/** {@code /incidents}, {@code /ack N} and {@code /resolve N how}. */
final class IncidentCommands {

    private static final int MOST_LISTED = 20;

    private final Spine spine;
    private final Incidents incidents;
    private final IncidentPages pages;

    IncidentCommands(Spine spine, Incidents incidents, IncidentPages pages) {
        this.spine = spine;
        this.incidents = incidents;
        this.pages = pages;
    }

    List<ChatCommand> all() {
        return List.of(
                new ChatCommand("incidents", "operating.command.incidents", May.READ, this::list),
                new ChatCommand("ack", "operating.command.ack", May.WRITE, this::acknowledge),
                new ChatCommand("resolve", "operating.command.resolve", May.WRITE, this::resolve));
    }

    private Answer list(Call call) {
        var project = call.project().name();
        var page = new IncidentStore.Page(project, true, Long.MAX_VALUE, MOST_LISTED);
        var open = spine.store().read(sql -> IncidentStore.before(sql, page));
        var href = "/projects/" + project + "/operating/incidents";
        if (open.isEmpty()) {
            return Answer.done(say(call, "operating.command.incidents.none"), href);
        }
        var lines =
                open.stream()
                        .map(incident ->
                                say(
                                        call,
                                        "operating.command.incidents.line",
                                        incident.number(),
                                        say(
                                                call,
                                                "operating.severity." + incident.severity().word()),
                                        say(call, "operating.state." + incident.state().word()),
                                        Message.title(spine.texts(), incident, call.locale())))
                        .toList();
        return Answer.done(String.join("\n", lines), href);
    }

    private Answer acknowledge(Call call) {
        return act(
                call,
                "operating.command.ack.done",
                (tx, incident) -> incidents.acknowledge(tx, incident, call.caller().account()));
    }

    private Answer resolve(Call call) {
        var how = call.text().strip().replaceFirst("^\\S+\\s*", "");
        return act(
                call,
                "operating.command.resolve.done",
                (tx, incident) ->
                        incidents.resolve(
                                tx,
                                incident,
                                call.caller().account(),
                                new Resolution(how, ""),
                                List.of()));
    }

    private Answer act(Call call, String doneKey, IncidentPages.Act act) {
        var number = number(call);
        if (number.isEmpty()) {
            return Answer.refused(say(call, "operating.command.number"));
        }
        var project = call.project().name();
        var outcome = pages.act(project, number.getAsLong(), act);
        if (outcome.isEmpty()) {
            return Answer.refused(say(call, "operating.command.unknown", number.getAsLong()));
        }
        return switch (outcome.get()) {
            case Outcome.Done<Incident> done ->
                    Answer.done(
                            say(call, doneKey, number.getAsLong()),
                            IncidentPages.path(project, number.getAsLong()));
            case Outcome.Refused<Incident> refused ->
                    Answer.refused(say(call, refused.key(), refused.args().toArray()));
        };
    }

    private static OptionalLong number(Call call) {
        if (call.words().isEmpty()) {
            return OptionalLong.empty();
        }
        var word = call.words().getFirst().replaceFirst("^[!#]", "");
        return word.matches("\\d{1,9}")
                ? OptionalLong.of(Long.parseLong(word))
                : OptionalLong.empty();
    }

    private String say(Call call, String key, Object... args) {
        return spine.texts().say(call.locale(), key, args);
    }
}
