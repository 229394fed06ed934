package dev.rondo.planning.view;

import java.util.List;

/**
 * A work item in a list or on the board.
 *
 * @param estimate as it is shown, or empty
 * @param assignee full name, or empty
 */
public record TicketRow(
        long number,
        String type,
        String title,
        String path,
        String state,
        String estimate,
        String assignee,
        List<String> labels,
        boolean open) {}
