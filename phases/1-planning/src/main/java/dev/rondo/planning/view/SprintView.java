package dev.rondo.planning.view;

import java.time.Instant;
import java.util.List;

/**
 * A sprint.
 *
 * @param line the burndown as points of an SVG polyline, or empty
 * @param ideal the straight line from start to end, or empty
 */
public record SprintView(
        String id,
        String base,
        String name,
        String goal,
        String state,
        Instant startsAt,
        Instant endsAt,
        long tickets,
        long ticketsDone,
        long points,
        long pointsDone,
        List<TicketRow> rows,
        String line,
        String ideal,
        boolean writer) {

    public double share() {
        return tickets == 0 ? 0 : (double) ticketsDone / tickets;
    }
}
