package dev.rondo.planning.view;

import gg.jte.Content;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One work item with all that belongs to it. */
public record TicketView(
        TicketRow row,
        String base,
        Content description,
        String criteria,
        Optional<TicketRow> parent,
        List<TicketRow> children,
        String sprint,
        String sprintName,
        String assignee,
        String createdBy,
        Instant createdAt,
        List<Comment> comments,
        List<Link> links,
        List<Line> history,
        List<Choice> sprints,
        List<String> states,
        boolean writer) {

    /** A remark. */
    public record Comment(String author, Content body, Instant at) {}

    /** Something of another phase, such as an incident. */
    public record Link(String kind, String title, Optional<String> path) {}

    /** What happened to the item. */
    public record Line(String actor, String text, Instant at, boolean byRondo) {}

    /** A choice of a select. */
    public record Choice(String value, String title) {}

    public long childrenDone() {
        return children.stream().filter(child -> !child.open()).count();
    }
}
