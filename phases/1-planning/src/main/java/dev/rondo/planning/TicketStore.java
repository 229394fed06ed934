package dev.rondo.planning;

import dev.rondo.access.Accounts;
import dev.rondo.access.Outcome;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Subject;
import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes and changes work items. Each change and its event are written in the caller's transaction,
 * under the project's lock, so that numbers, order and limits hold on both databases.
 */
final class TicketStore {

    private static final int COMMENT_MOST = 64 * 1024;
    private static final int DEPTH = 20;

    private final Journal journal;
    private final Orders orders = new Orders();
    private final SprintStore sprints;

    TicketStore(Journal journal) {
        this.journal = journal;
        this.sprints = new SprintStore(journal);
    }

    /** Where a new item starts. */
    record Start(State state, boolean top, Collection<Long> causes) {
        static final Start USUAL = new Start(State.BACKLOG, false, List.of());
    }

    Outcome<Ticket> create(Tx tx, String project, String actor, Wish wish, Start start) {
        Optional<Outcome.Refused<Ticket>> refusal = wish.refusal();
        if (refusal.isEmpty()) {
            refusal = missing(tx, project, 0, wish);
        }
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (wish.title().isEmpty()) {
            return Outcome.refused("planning.title.missing", "title");
        }
        long number = nextNumber(tx, project);
        var rank = start.top() ? orders.top(tx, project) : orders.bottom(tx, project);
        insert(tx, project, number, actor, wish, start.state(), rank);
        wish.labels().ifPresent(labels -> setLabels(tx, project, number, labels));
        index(tx, project, number);
        var ticket = TicketReads.find(tx.sql(), project, number).orElseThrow();
        journal.append(
                tx,
                draft(
                        ticket,
                        actor,
                        new Fact.TicketCreated(
                                number,
                                ticket.type(),
                                ticket.title(),
                                ticket.state().word(),
                                ticket.labels())),
                start.causes());
        sprints.note(tx, ticket.sprint());
        return Outcome.done(ticket);
    }

    /** Takes the project's lock until the end of the transaction and hands out a number. */
    private static long nextNumber(Tx tx, String project) {
        return tx.sql()
                .createQuery(
                        "INSERT INTO planning_projects (project, last_number) VALUES (?, 1)"
                                + " ON CONFLICT (project) DO UPDATE"
                                + " SET last_number = planning_projects.last_number + 1"
                                + " RETURNING last_number")
                .bind(0, project)
                .mapTo(Long.class)
                .one();
    }

    static void lock(Tx tx, String project) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO planning_projects (project, last_number) VALUES (?, 0)"
                                + " ON CONFLICT (project) DO UPDATE"
                                + " SET last_number = planning_projects.last_number")
                .bind(0, project)
                .execute();
    }

    private static void insert(
            Tx tx, String project, long number, String actor, Wish wish, State state, String rank) {
        long now = Micros.now();
        tx.sql()
                .createUpdate(
                        "INSERT INTO planning_tickets (project, number, type, title, description,"
                                + " criteria, state, estimate, assignee, parent, sprint, rank,"
                                + " open, created_by, created_at, updated_at, moved_at)"
                                + " VALUES (:project, :number, :type, :title, :description,"
                                + " :criteria, :state, :estimate, :assignee, :parent, :sprint,"
                                + " :rank, :open, :by, :now, :now, :now)")
                .bind("project", project)
                .bind("number", number)
                .bind("type", wish.type().orElse("story"))
                .bind("title", wish.title().orElse("").strip())
                .bind("description", wish.description().orElse(""))
                .bind("criteria", wish.criteria().orElse(""))
                .bind("state", state.word())
                .bind("estimate", wish.estimate().orElse(Ticket.NO_ESTIMATE))
                .bind("assignee", wish.assignee().orElse(""))
                .bind("parent", wish.parent().orElse(0L))
                .bind("sprint", wish.sprint().orElse(""))
                .bind("rank", rank)
                .bind("open", state.isOpen() ? 1 : 0)
                .bind("by", actor)
                .bind("now", now)
                .execute();
    }

    Outcome<Ticket> update(Tx tx, String project, long number, String actor, Wish wish) {
        lock(tx, project);
        var found = TicketReads.find(tx.sql(), project, number);
        if (found.isEmpty()) {
            return Outcome.refused("planning.ticket.missing", "", number);
        }
        Optional<Outcome.Refused<Ticket>> refusal = wish.refusal();
        if (refusal.isEmpty()) {
            refusal = missing(tx, project, number, wish);
        }
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var before = found.get();
        var changes = apply(tx, before, wish);
        if (changes.isEmpty()) {
            return Outcome.done(before);
        }
        index(tx, project, number);
        var ticket = TicketReads.find(tx.sql(), project, number).orElseThrow();
        journal.append(tx, draft(ticket, actor, new Fact.TicketUpdated(number, changes)));
        sprints.note(tx, before.sprint());
        sprints.note(tx, ticket.sprint());
        return Outcome.done(ticket);
    }

    /** Writes each field that differs, and says which did. */
    private static Map<String, String> apply(Tx tx, Ticket before, Wish wish) {
        var changes = new LinkedHashMap<String, String>();
        text(tx, before, changes, "type", before.type(), wish.type());
        text(tx, before, changes, "title", before.title(), wish.title().map(String::strip));
        text(tx, before, changes, "description", before.description(), wish.description());
        text(tx, before, changes, "criteria", before.criteria(), wish.criteria());
        text(tx, before, changes, "assignee", before.assignee(), wish.assignee());
        text(tx, before, changes, "sprint", before.sprint(), wish.sprint());
        figure(tx, before, changes, "estimate", before.estimate(), wish.estimate());
        figure(tx, before, changes, "parent", before.parent(), wish.parent());
        if (wish.labels().isPresent() && !wish.labels().get().equals(before.labels())) {
            setLabels(tx, before.project(), before.number(), wish.labels().get());
            changes.put("labels", String.join(", ", wish.labels().get()));
        }
        return changes;
    }

    private static void text(
            Tx tx,
            Ticket ticket,
            Map<String, String> changes,
            String column,
            String before,
            Optional<String> wanted) {
        if (wanted.isPresent() && !wanted.get().equals(before)) {
            set(tx, ticket, column, wanted.get());
            changes.put(column, wanted.get());
        }
    }

    private static void figure(
            Tx tx,
            Ticket ticket,
            Map<String, String> changes,
            String column,
            long before,
            Optional<Long> wanted) {
        if (wanted.isPresent() && wanted.get() != before) {
            set(tx, ticket, column, wanted.get());
            changes.put(column, String.valueOf(wanted.get()));
        }
    }

    private static void set(Tx tx, Ticket ticket, String column, Object value) {
        tx.sql()
                .createUpdate(
                        "UPDATE planning_tickets SET "
                                + column
                                + " = :value, updated_at = :now"
                                + " WHERE project = :project AND number = :number")
                .bind("value", value)
                .bind("now", Micros.now())
                .bind("project", ticket.project())
                .bind("number", ticket.number())
                .execute();
    }

    /** What the wish names, but is not there. */
    private static Optional<Outcome.Refused<Ticket>> missing(
            Tx tx, String project, long number, Wish wish) {
        var assignee = wish.assignee().orElse("");
        if (!assignee.isEmpty() && Accounts.find(tx.sql(), assignee).isEmpty()) {
            return refused("access.account.unknown", "assignee", assignee);
        }
        var sprint = wish.sprint().orElse("");
        if (!sprint.isEmpty()
                && SprintStore.find(tx.sql(), project, sprint)
                        .filter(there -> !there.state().equals(Sprint.FINISHED))
                        .isEmpty()) {
            return refused("planning.sprint.missing", "sprint");
        }
        long parent = wish.parent().orElse(0L);
        long above = parent;
        for (int depth = 0; above != 0; depth++) {
            var found = TicketReads.find(tx.sql(), project, above);
            if (found.isEmpty()) {
                return refused("planning.ticket.missing", "parent", above);
            }
            if (above == number || depth > DEPTH) {
                return refused("planning.parent.circle", "parent", parent);
            }
            above = found.get().parent();
        }
        return Optional.empty();
    }

    private static Optional<Outcome.Refused<Ticket>> refused(
            String key, String field, Object... args) {
        return Optional.of(new Outcome.Refused<>(key, field, List.of(args)));
    }

    private static void setLabels(Tx tx, String project, long number, List<String> labels) {
        tx.sql()
                .createUpdate("DELETE FROM planning_labels WHERE project = ? AND number = ?")
                .bind(0, project)
                .bind(1, number)
                .execute();
        for (var label : labels) {
            tx.sql()
                    .createUpdate(
                            "INSERT INTO planning_labels (project, label, number)"
                                    + " VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                    .bind(0, project)
                    .bind(1, label)
                    .bind(2, number)
                    .execute();
        }
    }

    /** Makes the item's words findable. */
    private static void index(Tx tx, String project, long number) {
        var ticket = TicketReads.find(tx.sql(), project, number).orElseThrow();
        tx.sql()
                .createUpdate("DELETE FROM planning_words WHERE project = ? AND number = ?")
                .bind(0, project)
                .bind(1, number)
                .execute();
        var words =
                new ArrayList<>(
                        Words.of(
                                ticket.title(),
                                String.join(" ", ticket.labels()),
                                String.valueOf(number),
                                ticket.description(),
                                ticket.criteria()));
        var batch =
                tx.sql()
                        .prepareBatch(
                                "INSERT INTO planning_words (project, word, number)"
                                        + " VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
        words.forEach(word -> batch.bind(0, project).bind(1, word).bind(2, number).add());
        if (!words.isEmpty()) {
            batch.execute();
        }
    }

    Outcome<String> comment(Tx tx, String project, long number, String author, String body) {
        var ticket = TicketReads.find(tx.sql(), project, number);
        if (ticket.isEmpty()) {
            return Outcome.refused("planning.ticket.missing", "", number);
        }
        if (body.isBlank()) {
            return Outcome.refused("planning.comment.missing", "body");
        }
        if (body.length() > COMMENT_MOST) {
            return Outcome.refused("planning.text.long", "body", COMMENT_MOST / 1024);
        }
        var id = Ids.next();
        tx.sql()
                .createUpdate(
                        "INSERT INTO planning_comments (id, project, number, author, body,"
                                + " created_at) VALUES (?, ?, ?, ?, ?, ?)")
                .bind(0, id)
                .bind(1, project)
                .bind(2, number)
                .bind(3, author)
                .bind(4, body)
                .bind(5, Micros.now())
                .execute();
        journal.append(tx, draft(ticket.get(), author, new Fact.TicketCommented(number, body)));
        return Outcome.done(id);
    }

    static void link(Tx tx, String project, long number, Subject subject) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO planning_links (project, number, kind, subject)"
                                + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .bind(0, project)
                .bind(1, number)
                .bind(2, subject.kind())
                .bind(3, subject.id())
                .execute();
    }

    Event tell(Tx tx, Ticket ticket, String actor, Fact fact, Collection<Long> causes) {
        return journal.append(tx, draft(ticket, actor, fact), causes);
    }

    Orders orders() {
        return orders;
    }

    SprintStore sprints() {
        return sprints;
    }

    private static Draft draft(Ticket ticket, String actor, Fact fact) {
        return new Draft(ticket.project(), Subject.of("ticket", ticket.number()), actor, fact);
    }
}
