package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.JournalReads.Direction;
import dev.rondo.journal.Subject;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The thread of a change: what led to something and what came of it, as a graph in time. */
final class ThreadPages {

    private static final int EVENTS = 400;
    private static final int OF_SUBJECT = 100;

    private final Store store;

    ThreadPages(Store store) {
        this.store = store;
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/thread", May.READ, this::thread);
        routes.get("/projects/{project}/events/{seq}", May.READ, this::event);
        routes.get("/api/projects/{project}/thread", May.READ, this::json);
    }

    private void thread(Visit visit) {
        var subject = subject(visit);
        var graph = graph(visit, subject);
        var title =
                graph.nodes().stream()
                        .filter(node -> node.holds(subject))
                        .findFirst()
                        .map(ThreadGraph.Node::title)
                        .orElse(subject.id());
        visit.page(
                Page.titled(visit.text("loop.thread.title", title)).style(HomePages.STYLE).wide(),
                HomePages.TEMPLATES.thread(
                        visit, ThreadDrawing.draw(visit, title, subject, graph)));
    }

    private void json(Visit visit) {
        visit.json(graph(visit, subject(visit)));
    }

    private static Subject subject(Visit visit) {
        var about = visit.param("about");
        int colon = about.indexOf(':');
        if (colon < 1) {
            throw visit.missing();
        }
        return new Subject(about.substring(0, colon), about.substring(colon + 1));
    }

    private ThreadGraph graph(Visit visit, Subject subject) {
        var events = store.read(sql -> neighbourhood(sql, visit.project().name(), subject));
        if (events.isEmpty()) {
            throw visit.missing();
        }
        return ThreadGraph.of(events.values());
    }

    /**
     * Backward from the subject, and forward from it: not sideways, which would reach everything.
     */
    private static Map<Long, Event> neighbourhood(Handle sql, String project, Subject subject) {
        var own =
                JournalReads.of(sql, project, subject, OF_SUBJECT).stream()
                        .map(Event::seq)
                        .toList();
        var events = new LinkedHashMap<Long, Event>();
        events.putAll(JournalReads.thread(sql, own, Direction.CAUSES, EVENTS));
        events.putAll(JournalReads.thread(sql, own, Direction.EFFECTS, EVENTS));
        events.values().removeIf(event -> !event.project().equals(project));
        return events;
    }

    private void event(Visit visit) {
        long seq = visit.number("seq");
        var found = store.read(sql -> JournalReads.find(sql, seq));
        var event =
                found.filter(one -> one.project().equals(visit.project().name()))
                        .orElseThrow(visit::missing);
        var near =
                store.read(sql ->
                        JournalReads.thread(sql, List.of(seq), Direction.CAUSES, 30)
                                .values()
                                .stream()
                                .filter(one -> event.causes().contains(one.seq()))
                                .map(one -> HomePages.entry(visit, one))
                                .toList());
        var effects = store.read(sql -> JournalReads.effects(sql, seq, 50));
        visit.page(
                Page.titled(visit.text("loop.event.title", seq)).style(HomePages.STYLE),
                HomePages.TEMPLATES.event(
                        visit,
                        HomePages.entry(visit, event),
                        event.kind(),
                        event.subject().toString(),
                        Pretty.json(event.payload()),
                        event.hash(),
                        near,
                        effects.stream().map(one -> HomePages.entry(visit, one)).toList()));
    }
}
