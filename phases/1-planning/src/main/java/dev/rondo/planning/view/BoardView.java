package dev.rondo.planning.view;

import java.util.List;

/**
 * The Kanban board.
 *
 * @param sprint name of the sprint that it is narrowed to, or empty
 * @param sprints whether there is an active sprint to narrow it to
 */
public record BoardView(
        String base,
        String query,
        List<Column> columns,
        String sprint,
        boolean sprints,
        boolean writer,
        boolean owner) {

    /**
     * One state.
     *
     * @param limit of work in progress; 0 is none
     * @param more how many cards are not shown
     */
    public record Column(
            String state, long count, long limit, List<TicketRow> cards, long more, boolean open) {

        public boolean full() {
            return limit > 0 && count >= limit;
        }

        public boolean over() {
            return limit > 0 && count > limit;
        }
    }
}
