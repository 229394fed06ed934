package dev.rondo.events;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the journal says of a work item up to an event.
 *
 * @param description empty where no event has said it
 * @param assignee as far as an event has said it
 */
record IssueStory(
        String title,
        Optional<String> description,
        String assignee,
        List<String> labels,
        long comments) {

    private static final IssueStory NOTHING =
            new IssueStory("", Optional.empty(), "", List.of(), 0);

    /** The comments count the event itself. */
    static IssueStory before(Event event, List<Event> story) {
        IssueStory now = NOTHING;
        for (Event earlier : story) {
            boolean told = earlier.seq() < event.seq();
            now =
                    switch (earlier.fact()) {
                        case Fact.TicketCreated made when told ->
                                new IssueStory(
                                        made.title(),
                                        now.description,
                                        now.assignee,
                                        made.labels(),
                                        now.comments);
                        case Fact.TicketUpdated updated when told -> now.with(updated.changes());
                        case Fact.TicketCommented remark when earlier.seq() <= event.seq() ->
                                new IssueStory(
                                        now.title,
                                        now.description,
                                        now.assignee,
                                        now.labels,
                                        now.comments + 1);
                        default -> now;
                    };
        }
        return now;
    }

    private IssueStory with(Map<String, String> changes) {
        return new IssueStory(
                changes.getOrDefault("title", title),
                Optional.ofNullable(changes.get("description")).or(() -> description),
                changes.getOrDefault("assignee", assignee),
                changes.containsKey("labels") ? labels(changes.get("labels")) : labels,
                comments);
    }

    static List<String> labels(String written) {
        return Stream.of(written.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }
}
