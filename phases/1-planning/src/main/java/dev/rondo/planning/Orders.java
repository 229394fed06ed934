package dev.rondo.planning;

import dev.rondo.access.Outcome;
import dev.rondo.store.Tx;
import java.util.Optional;

/** The order of the backlog. All of it runs under the project's lock. */
final class Orders {

    /** Where an item is to stand. */
    sealed interface Place {
        record Top() implements Place {}

        record Bottom() implements Place {}

        record Up() implements Place {}

        record Down() implements Place {}

        record Before(long number) implements Place {}

        record After(long number) implements Place {}

        /** As forms say it: top, bottom, up, down, before:12, after:12. */
        static Optional<Place> of(String word) {
            try {
                if (word.startsWith("before:")) {
                    return Optional.of(new Before(Long.parseLong(word.substring(7))));
                }
                if (word.startsWith("after:")) {
                    return Optional.of(new After(Long.parseLong(word.substring(6))));
                }
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
            return switch (word) {
                case "top" -> Optional.of(new Top());
                case "bottom" -> Optional.of(new Bottom());
                case "up" -> Optional.of(new Up());
                case "down" -> Optional.of(new Down());
                default -> Optional.empty();
            };
        }
    }

    Outcome<String> put(Tx tx, String project, long number, Place place) {
        TicketStore.lock(tx, project);
        var found = TicketReads.find(tx.sql(), project, number);
        if (found.isEmpty()) {
            return Outcome.refused("planning.ticket.missing", "", number);
        }
        if (!found.get().state().isOpen()) {
            return Outcome.refused("planning.order.closed", "", number);
        }
        var target = target(tx, found.get(), place);
        if (target.isEmpty()) {
            return Outcome.done(found.get().rank());
        }
        setRank(tx, project, number, target.get());
        if (target.get().length() > Rank.LONG) {
            spread(tx, project);
        }
        return Outcome.done(target.get());
    }

    /** The rank of the place; empty when the item stands there already. */
    private Optional<String> target(Tx tx, Ticket ticket, Place place) {
        var project = ticket.project();
        return switch (place) {
            case Place.Top top -> Optional.of(top(tx, project));
            case Place.Bottom bottom -> Optional.of(bottom(tx, project));
            case Place.Up up ->
                    neighbour(tx, project, ticket.rank(), ticket.number(), false)
                            .map(rank -> before(tx, project, rank, ticket.number()));
            case Place.Down down ->
                    neighbour(tx, project, ticket.rank(), ticket.number(), true)
                            .map(rank -> after(tx, project, rank, ticket.number()));
            case Place.Before other ->
                    rankOf(tx, project, other.number(), ticket.number())
                            .map(rank -> before(tx, project, rank, ticket.number()));
            case Place.After other ->
                    rankOf(tx, project, other.number(), ticket.number())
                            .map(rank -> after(tx, project, rank, ticket.number()));
        };
    }

    String top(Tx tx, String project) {
        return edge(tx, project, false).map(Rank::before).orElse(Rank.FIRST);
    }

    String bottom(Tx tx, String project) {
        return edge(tx, project, true).map(Rank::after).orElse(Rank.FIRST);
    }

    private static String before(Tx tx, String project, String rank, long mover) {
        return neighbour(tx, project, rank, mover, false)
                .map(low -> Rank.between(low, rank))
                .orElseGet(() -> Rank.before(rank));
    }

    private static String after(Tx tx, String project, String rank, long mover) {
        return neighbour(tx, project, rank, mover, true)
                .map(high -> Rank.between(rank, high))
                .orElseGet(() -> Rank.after(rank));
    }

    private static Optional<String> rankOf(Tx tx, String project, long number, long mover) {
        return number == mover
                ? Optional.empty()
                : TicketReads.find(tx.sql(), project, number)
                        .filter(ticket -> ticket.state().isOpen())
                        .map(Ticket::rank);
    }

    /** The rank next to one, not counting the item that moves. */
    private static Optional<String> neighbour(
            Tx tx, String project, String rank, long mover, boolean below) {
        return tx.sql()
                .createQuery(
                        "SELECT rank FROM planning_tickets WHERE project = ? AND open = 1"
                                + " AND number <> ? AND rank "
                                + (below ? "> ? ORDER BY rank" : "< ? ORDER BY rank DESC")
                                + " LIMIT 1")
                .bind(0, project)
                .bind(1, mover)
                .bind(2, rank)
                .mapTo(String.class)
                .findFirst();
    }

    private static Optional<String> edge(Tx tx, String project, boolean last) {
        return tx.sql()
                .createQuery(
                        "SELECT rank FROM planning_tickets WHERE project = ? AND open = 1"
                                + " ORDER BY rank"
                                + (last ? " DESC" : "")
                                + " LIMIT 1")
                .bind(0, project)
                .mapTo(String.class)
                .findFirst();
    }

    static void setRank(Tx tx, String project, long number, String rank) {
        tx.sql()
                .createUpdate(
                        "UPDATE planning_tickets SET rank = ? WHERE project = ? AND number = ?")
                .bind(0, rank)
                .bind(1, project)
                .bind(2, number)
                .execute();
    }

    /** Gives every open item a short rank again; rare, so that it may take its time. */
    private static void spread(Tx tx, String project) {
        var numbers =
                tx.sql()
                        .createQuery(
                                "SELECT number FROM planning_tickets WHERE project = ?"
                                        + " AND open = 1 ORDER BY rank")
                        .bind(0, project)
                        .mapTo(Long.class)
                        .list();
        // Two steps, since ranks are unique at every moment.
        for (var prefix : new String[] {"z", ""}) {
            for (int i = 0; i < numbers.size(); i++) {
                setRank(tx, project, numbers.get(i), prefix + Rank.spread(i));
            }
        }
    }
}
