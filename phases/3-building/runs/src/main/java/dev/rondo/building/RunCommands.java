package dev.rondo.building;

import dev.rondo.access.Outcome;
import dev.rondo.engine.Workshop;
import dev.rondo.phase.ChatCommand;
import dev.rondo.records.Run;
import dev.rondo.records.RunRows;
import dev.rondo.triggers.Dispatches;
import dev.rondo.web.May;
import dev.rondo.web.Texts;
import java.util.List;
import java.util.Map;

/** {@code /run <workflow> [branch]} and {@code /runs}. */
final class RunCommands {
    private static final int ROWS = 5;

    private final Workshop shop;
    private final Dispatches dispatches;

    RunCommands(Workshop shop, Dispatches dispatches) {
        this.shop = shop;
        this.dispatches = dispatches;
    }

    List<ChatCommand> all() {
        return List.of(
                new ChatCommand("run", "building.command.run", May.WRITE, this::run),
                new ChatCommand("runs", "building.command.runs", May.READ, this::runs));
    }

    private ChatCommand.Answer run(ChatCommand.Call call) {
        Texts texts = shop.spine().texts();
        if (call.words().isEmpty()) {
            return ChatCommand.Answer.refused(texts.say(call.locale(), "building.command.run"));
        }
        String branch = call.words().size() > 1 ? call.words().get(1) : "";
        var wanted = new Dispatches.Wanted(call.words().getFirst(), branch, Map.of());
        return switch (dispatches.order(call.project(), wanted, call.caller().account())) {
            case Outcome.Done<Run> done ->
                    ChatCommand.Answer.done(
                            texts.say(call.locale(), "building.dispatched", done.value().number()),
                            RunViews.path(done.value()));
            case Outcome.Refused<Run> refused ->
                    ChatCommand.Answer.refused(
                            texts.say(call.locale(), refused.key(), refused.args().toArray()));
        };
    }

    private ChatCommand.Answer runs(ChatCommand.Call call) {
        Texts texts = shop.spine().texts();
        String project = call.project().name();
        List<String> lines =
                shop
                        .spine()
                        .store()
                        .read(sql -> RunRows.before(sql, project, Long.MAX_VALUE, ROWS))
                        .stream()
                        .map(run ->
                                "#%d %s · %s · %s"
                                        .formatted(
                                                run.number(),
                                                run.name(),
                                                run.source().branch(),
                                                texts.say(
                                                        call.locale(),
                                                        "building.state." + run.standing())))
                        .toList();
        return ChatCommand.Answer.done(
                lines.isEmpty()
                        ? texts.say(call.locale(), "building.runs.none")
                        : String.join("\n", lines),
                "/projects/" + project + "/building/runs");
    }
}
