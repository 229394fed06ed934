package dev.rondo.events;

import dev.rondo.actions.Value;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.phase.WorkItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code issues} and {@code issue_comment}, of work items. A work item is an issue, its sprint the
 * milestone; moving over the board says nothing until it closes or reopens.
 */
final class IssueEvents {
    private static final Set<String> CLOSED = Set.of("done", "live");

    /** Fields of a work item that are the text of an issue. */
    private static final Set<String> TEXTS = Set.of("title", "description", "criteria");

    private final Scene scene;
    private final Event event;
    private final WorkItems.Item item;
    private final IssueStory story;

    /**
     * @param story what the journal knows of the item before the event, oldest first
     */
    IssueEvents(Scene scene, Event event, WorkItems.Item item, List<Event> story) {
        this.scene = scene;
        this.event = event;
        this.item = item;
        this.story = IssueStory.before(event, story);
    }

    List<Happening> all() {
        return switch (event.fact()) {
            case Fact.TicketCreated made -> issues("opened", new Shape());
            case Fact.TicketMoved moved -> moved(moved);
            case Fact.TicketUpdated updated -> updated(updated.changes());
            case Fact.TicketCommented remark -> commented(remark);
            default -> List.of();
        };
    }

    private List<Happening> moved(Fact.TicketMoved moved) {
        boolean before = CLOSED.contains(moved.from());
        boolean after = CLOSED.contains(moved.to());
        if (before == after) {
            return List.of();
        }
        return issues(after ? "closed" : "reopened", new Shape());
    }

    private List<Happening> updated(Map<String, String> changes) {
        var happenings = new ArrayList<Happening>();
        if (changes.keySet().stream().anyMatch(TEXTS::contains)) {
            happenings.addAll(issues("edited", new Shape().put("changes", before(changes))));
        }
        if (changes.containsKey("assignee")) {
            happenings.addAll(assigned(changes.get("assignee")));
        }
        if (changes.containsKey("labels")) {
            happenings.addAll(labelled(IssueStory.labels(changes.get("labels"))));
        }
        if (changes.containsKey("sprint")) {
            happenings.addAll(
                    changes.get("sprint").isEmpty()
                            ? issues("demilestoned", new Shape())
                            : issues(
                                    "milestoned",
                                    new Shape().put("milestone", milestone(item.sprint()))));
        }
        if (changes.containsKey("type")) {
            happenings.addAll(
                    issues(
                            "typed",
                            new Shape().put("type", new Shape().put("name", changes.get("type")))));
        }
        return happenings;
    }

    /** What the texts were; left out where no event has said so. */
    private Shape before(Map<String, String> changes) {
        var before = new Shape();
        if (changes.containsKey("title")) {
            before.put("title", new Shape().put("from", story.title()));
        }
        if (changes.containsKey("description")) {
            story.description()
                    .ifPresent(text -> before.put("body", new Shape().put("from", text)));
        }
        return before;
    }

    private List<Happening> assigned(String now) {
        var happenings = new ArrayList<Happening>();
        if (!story.assignee().isEmpty() || now.isEmpty()) {
            happenings.addAll(issues("unassigned", assignee(story.assignee())));
        }
        if (!now.isEmpty()) {
            happenings.addAll(issues("assigned", assignee(now)));
        }
        return happenings;
    }

    private Shape assignee(String account) {
        return account.isEmpty()
                ? new Shape().nothing("assignee")
                : new Shape().put("assignee", Shape.user(scene, account));
    }

    /** One event a label, as on GitHub. */
    private List<Happening> labelled(List<String> now) {
        var happenings = new ArrayList<Happening>();
        for (String gone : story.labels()) {
            if (!now.contains(gone)) {
                happenings.addAll(issues("unlabeled", new Shape().put("label", label(gone))));
            }
        }
        for (String added : now) {
            if (!story.labels().contains(added)) {
                happenings.addAll(issues("labeled", new Shape().put("label", label(added))));
            }
        }
        return happenings;
    }

    private List<Happening> commented(Fact.TicketCommented remark) {
        var comment =
                new Shape()
                        .put("id", event.seq())
                        .put("html_url", page())
                        .put("issue_url", scene.api("/issues/" + item.number()))
                        .put("user", Shape.user(scene, event.actor()))
                        .put("created_at", event.at())
                        .put("updated_at", event.at())
                        .put("author_association", "MEMBER")
                        .put("body", remark.comment());
        return happening(
                "issue_comment",
                new Shape().put("action", "created").put("issue", issue()).put("comment", comment));
    }

    private List<Happening> issues(String action, Shape more) {
        var shape = new Shape().put("action", action).put("issue", issue());
        if (more.value() instanceof Value.Obj extra) {
            extra.entries().forEach(shape::put);
        }
        return happening("issues", shape);
    }

    private List<Happening> happening(String name, Shape shape) {
        Value payload = shape.in(scene, event.actor());
        return Sources.defaultBranch(scene, event.actor())
                .map(source -> Happening.of(name, payload, source, item.title()))
                .stream()
                .toList();
    }

    private String page() {
        return scene.page("ticket", String.valueOf(item.number()));
    }

    private Shape issue() {
        var labels = new ArrayList<Value>();
        item.labels().forEach(name -> labels.add(label(name).value()));
        var assignees = new ArrayList<Value>();
        if (!item.assignee().isEmpty()) {
            assignees.add(Shape.user(scene, item.assignee()).value());
        }
        return new Shape()
                .put("url", scene.api("/issues/" + item.number()))
                .put("repository_url", scene.api(""))
                .put("html_url", page())
                .put("id", item.number())
                .put("number", item.number())
                .put("title", item.title())
                .put("user", Shape.user(scene, item.createdBy()))
                .put("labels", labels)
                .put("state", item.open() ? "open" : "closed")
                .maybe("state_reason", item.open() ? "" : "completed")
                .put("locked", false)
                .put("assignee", assignees.isEmpty() ? Value.NOTHING : assignees.getFirst())
                .put("assignees", assignees)
                .put(
                        "milestone",
                        item.sprint().isEmpty() ? Value.NOTHING : milestone(item.sprint()).value())
                .put("type", new Shape().put("name", item.type()))
                .put("comments", story.comments())
                .put("created_at", item.createdAt())
                .put("updated_at", event.at())
                .put("closed_at", item.open() ? Value.NOTHING : Value.of(event.at().toString()))
                .put("author_association", "MEMBER")
                .maybe("body", item.description());
    }

    private Shape label(String name) {
        return new Shape()
                .put("id", Shape.number(name))
                .put("name", name)
                .put("color", "ededed")
                .put("default", false)
                .nothing("description");
    }

    private static Shape milestone(String sprint) {
        return new Shape()
                .put("id", Shape.number(sprint))
                .put("title", sprint)
                .put("state", "open");
    }
}
