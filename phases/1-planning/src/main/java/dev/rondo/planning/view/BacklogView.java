package dev.rondo.planning.view;

import dev.rondo.web.Paging;
import java.util.List;

/**
 * A list of work items: the backlog, or all.
 *
 * @param ordered whether its order can be changed: the backlog without a filter
 * @param list path of the list alone, for live updates
 */
public record BacklogView(
        String base,
        String path,
        String list,
        Paging.Slice<TicketRow> rows,
        Asked asked,
        List<String> labels,
        boolean backlog,
        boolean ordered,
        boolean writer) {

    /** What the list is filtered by; each may be empty. */
    public record Asked(
            String type, String state, String assignee, String label, String sprint, String q) {

        public boolean any() {
            return !(type + state + assignee + label + sprint + q).isEmpty();
        }
    }
}
