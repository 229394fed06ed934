package dev.rondo.planning;

import dev.rondo.access.Outcome;
import dev.rondo.phase.ChatCommand;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Texts;
import java.util.List;

/** What one can type: {@code /ticket The title} and {@code /move 12 done}. */
final class Commands {

    private final Store store;
    private final Texts texts;
    private final TicketStore tickets;
    private final Moves moves;

    Commands(Store store, Texts texts, TicketStore tickets, Moves moves) {
        this.store = store;
        this.texts = texts;
        this.tickets = tickets;
        this.moves = moves;
    }

    List<ChatCommand> all() {
        return List.of(
                new ChatCommand("ticket", "planning.command.ticket", May.WRITE, this::ticket),
                new ChatCommand("move", "planning.command.move", May.WRITE, this::move));
    }

    private ChatCommand.Answer ticket(ChatCommand.Call call) {
        var project = call.project().name();
        var words = call.words();
        boolean typed = !words.isEmpty() && Ticket.TYPES.contains(words.getFirst());
        var title = typed ? call.text().strip().substring(words.getFirst().length()) : call.text();
        var wish = Wish.titled(typed ? words.getFirst() : "story", title.strip());
        var made =
                store.write(tx ->
                        tickets.create(
                                tx,
                                project,
                                call.caller().account(),
                                wish,
                                TicketStore.Start.USUAL));
        return answer(
                call,
                made,
                ticket ->
                        texts.say(
                                call.locale(),
                                "planning.created",
                                ticket.number(),
                                ticket.title()));
    }

    private ChatCommand.Answer move(ChatCommand.Call call) {
        var words = call.words();
        if (words.size() != 2) {
            return ChatCommand.Answer.refused(texts.say(call.locale(), "planning.command.move"));
        }
        long number;
        try {
            number = Long.parseLong(words.getFirst().replaceFirst("^#", ""));
        } catch (NumberFormatException e) {
            return ChatCommand.Answer.refused(
                    texts.say(call.locale(), "web.number.invalid", words.getFirst()));
        }
        var to = State.of(words.getLast());
        if (to.isEmpty()) {
            return ChatCommand.Answer.refused(
                    texts.say(
                            call.locale(),
                            "planning.state.unknown",
                            words.getLast(),
                            String.join(", ", State.words())));
        }
        var project = call.project().name();
        var moved =
                store.write(tx ->
                        moves.byHand(
                                tx, project, number, to.get(), call.caller().account(), "command"));
        var state = texts.say(call.locale(), "planning.state." + to.get().word());
        return answer(
                call, moved, ticket -> texts.say(call.locale(), "planning.moved", number, state));
    }

    private interface Say {
        String of(Ticket ticket);
    }

    private ChatCommand.Answer answer(ChatCommand.Call call, Outcome<Ticket> outcome, Say say) {
        return switch (outcome) {
            case Outcome.Done<Ticket> done ->
                    ChatCommand.Answer.done(
                            say.of(done.value()),
                            Pages.ticket(call.project().name(), done.value().number()));
            case Outcome.Refused<Ticket> refused ->
                    ChatCommand.Answer.refused(
                            texts.say(call.locale(), refused.key(), refused.args().toArray()));
        };
    }
}
