package dev.rondo.planning;

import dev.rondo.access.Outcome;
import dev.rondo.journal.Fact;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Moves items from state to state, and keeps the limits of work in progress. */
final class Moves {

    /** Limits until an owner sets others. */
    private static final Map<State, Long> USUAL = Map.of(State.IN_PROGRESS, 5L, State.REVIEW, 5L);

    static final long NO_LIMIT = 0;
    private static final long LIMIT_MOST = 999;

    private final TicketStore tickets;

    Moves(TicketStore tickets) {
        this.tickets = tickets;
    }

    /** Somebody's wish: refused when the state is full. */
    Outcome<Ticket> byHand(
            Tx tx, String project, long number, State to, String actor, String reason) {
        TicketStore.lock(tx, project);
        var found = TicketReads.find(tx.sql(), project, number);
        if (found.isEmpty()) {
            return Outcome.refused("planning.ticket.missing", "", number);
        }
        var ticket = found.get();
        if (ticket.state() == to) {
            return Outcome.done(ticket);
        }
        long most = limits(tx.sql(), project).getOrDefault(to, NO_LIMIT);
        if (most != NO_LIMIT && !ticket.type().equals("epic")) {
            long there = count(tx.sql(), project, to);
            if (there >= most) {
                return Outcome.refused("planning.wip.full", "state", there, most, to.word());
            }
        }
        return Outcome.done(apply(tx, ticket, to, actor, reason, List.of()));
    }

    /** A fact's effect: what happened is not refused, whatever the limits. */
    Ticket byFact(Tx tx, Ticket ticket, State to, String reason, Collection<Long> causes) {
        return apply(tx, ticket, to, "rondo:planning", reason, causes);
    }

    private Ticket apply(
            Tx tx, Ticket ticket, State to, String actor, String reason, Collection<Long> causes) {
        TicketStore.lock(tx, ticket.project());
        var rank = rank(tx, ticket, to);
        long now = Micros.now();
        tx.sql()
                .createUpdate(
                        "UPDATE planning_tickets SET state = ?, open = ?, rank = ?,"
                                + " updated_at = ?, moved_at = ?"
                                + " WHERE project = ? AND number = ?")
                .bind(0, to.word())
                .bind(1, to.isOpen() ? 1 : 0)
                .bind(2, rank)
                .bind(3, now)
                .bind(4, now)
                .bind(5, ticket.project())
                .bind(6, ticket.number())
                .execute();
        tickets.tell(
                tx,
                ticket,
                actor,
                new Fact.TicketMoved(ticket.number(), ticket.state().word(), to.word(), reason),
                causes);
        tickets.sprints().note(tx, ticket.sprint());
        return TicketReads.find(tx.sql(), ticket.project(), ticket.number()).orElseThrow();
    }

    /** Open and closed items have orders of their own: who changes sides takes the end of it. */
    private String rank(Tx tx, Ticket ticket, State to) {
        if (ticket.state().isOpen() == to.isOpen()) {
            return ticket.rank();
        }
        return to.isOpen()
                ? tickets.orders().top(tx, ticket.project())
                : ticket.rank() + "0" + Long.toString(ticket.number(), 36) + "i";
    }

    /** How many items each state takes at most; {@link #NO_LIMIT} is none. */
    static Map<State, Long> limits(Handle sql, String project) {
        var limits = new HashMap<>(USUAL);
        sql.createQuery("SELECT state, most FROM planning_limits WHERE project = ?")
                .bind(0, project)
                .map((row, ctx) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(limit ->
                        State.of(limit.getKey())
                                .ifPresent(state -> limits.put(state, limit.getValue())));
        return limits;
    }

    Outcome<State> limit(Tx tx, String project, State state, long most) {
        if (most < NO_LIMIT || most > LIMIT_MOST || !state.isOpen()) {
            return Outcome.refused("planning.wip.invalid", "most", LIMIT_MOST);
        }
        tx.sql()
                .createUpdate(
                        "INSERT INTO planning_limits (project, state, most) VALUES (?, ?, ?)"
                                + " ON CONFLICT (project, state) DO UPDATE"
                                + " SET most = excluded.most")
                .bind(0, project)
                .bind(1, state.word())
                .bind(2, most)
                .execute();
        return Outcome.done(state);
    }

    private static long count(Handle sql, String project, State state) {
        return sql.createQuery(
                        "SELECT COUNT(*) FROM planning_tickets WHERE project = ? AND state = ?"
                                + " AND type <> 'epic'")
                .bind(0, project)
                .bind(1, state.word())
                .mapTo(Long.class)
                .one();
    }
}
