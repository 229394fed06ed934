package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The causal neighbourhood of something, folded from events into subjects: a node per subject, an
 * edge where an event of one caused an event of another. Pure.
 */
record ThreadGraph(List<Node> nodes, List<Edge> edges) {

    /**
     * @param place of the phase, 1 to 8
     * @param column rank in time, from 0
     * @param row within its phase's lane, from 0
     * @param state the last state that an event told, or the last kind
     */
    record Node(
            Subject subject,
            int place,
            int column,
            int row,
            String title,
            String state,
            Instant first,
            Instant last,
            List<Event> events) {}

    /** From the cause to what it caused, by index of nodes. */
    record Edge(int from, int to) {}

    static ThreadGraph of(Collection<Event> events) {
        var bySubject = new LinkedHashMap<Subject, List<Event>>();
        events.stream()
                .filter(event -> PhaseOfKind.place(event.kind()) > 0)
                .sorted(Comparator.comparingLong(Event::seq))
                .forEach(event ->
                        bySubject.computeIfAbsent(shown(event), s -> new ArrayList<>()).add(event));
        var nodes = new ArrayList<Node>();
        var indexOfSubject = new HashMap<Subject, Integer>();
        var rows = new HashMap<Integer, Integer>();
        for (var entry : bySubject.entrySet()) {
            var first = entry.getValue().getFirst();
            var last = entry.getValue().getLast();
            int place = PhaseOfKind.place(first.kind());
            indexOfSubject.put(entry.getKey(), nodes.size());
            nodes.add(
                    new Node(
                            entry.getKey(),
                            place,
                            nodes.size(),
                            rows.merge(place, 1, Integer::sum) - 1,
                            title(entry.getValue()),
                            state(told(entry.getValue())),
                            first.at(),
                            last.at(),
                            List.copyOf(entry.getValue())));
        }
        return new ThreadGraph(List.copyOf(nodes), edges(bySubject, indexOfSubject));
    }

    private static List<Edge> edges(
            Map<Subject, List<Event>> bySubject, Map<Subject, Integer> indexOfSubject) {
        var nodeOfSeq = new HashMap<Long, Integer>();
        bySubject.forEach((subject, events) ->
                events.forEach(event -> nodeOfSeq.put(event.seq(), indexOfSubject.get(subject))));
        Set<Edge> edges = new LinkedHashSet<>();
        bySubject.forEach((subject, events) -> {
            int to = Objects.requireNonNull(indexOfSubject.get(subject));
            for (var event : events) {
                for (var cause : event.causes()) {
                    var from = nodeOfSeq.get(cause);
                    // An edge back in time would be one to a node that began later.
                    if (from != null && from != to) {
                        edges.add(new Edge(from, to));
                    }
                }
            }
        });
        return List.copyOf(edges);
    }

    /** Jobs and artifacts of a run are shown as the run; an instance as its service. */
    private static Subject shown(Event event) {
        var subject = event.subject();
        return switch (event.fact()) {
            case Fact.TaskRunStarted task -> Subject.of("pipelinerun", task.run());
            case Fact.TaskRunFinished task -> Subject.of("pipelinerun", task.run());
            case Fact.ArtifactPackaged artifact -> Subject.of("pipelinerun", artifact.run());
            case Fact.TestSuiteRunFinished tests -> Subject.of("gate", tests.run());
            default -> subject;
        };
    }

    private static String title(List<Event> events) {
        for (var event : events) {
            var title =
                    switch (event.fact()) {
                        case Fact.TicketCreated ticket ->
                                "#" + ticket.number() + " " + ticket.title();
                        case Fact.ChangePushed push ->
                                push.commits().isEmpty()
                                        ? push.ref().substring(push.ref().lastIndexOf('/') + 1)
                                        : push.commits().getFirst().subject();
                        case Fact.PipelineRunQueued run -> run.workflow() + " #" + run.number();
                        case Fact.TestSuiteRunFinished tests ->
                                tests.passed() + " / " + tests.tests();
                        case Fact.ReleaseDrafted release -> release.version();
                        case Fact.RolloutStarted rollout ->
                                rollout.service() + " " + rollout.version();
                        case Fact.ServiceDeployed service ->
                                service.service() + " " + service.version();
                        case Fact.IncidentDetected incident -> incident.title();
                        case Fact.AlertFired alert -> alert.rule();
                        default -> "";
                    };
            if (!title.isEmpty()) {
                return title;
            }
        }
        var id = events.getFirst().subject().id();
        return id.length() > 20 ? abbreviate(id) : id;
    }

    private static String abbreviate(String id) {
        return id.substring(0, Math.min(8, id.length()));
    }

    /** The last event that says how the subject is; that somebody was told of it does not. */
    private static Event told(List<Event> events) {
        return events.stream()
                .filter(event -> !(event.fact() instanceof Fact.NotificationSent))
                .reduce((before, after) -> after)
                .orElseGet(events::getLast);
    }

    private static String state(Event event) {
        return switch (event.fact()) {
            case Fact.TicketMoved moved -> moved.to();
            case Fact.PipelineRunFinished run -> run.outcome();
            case Fact.GateDecided gate -> gate.verdict();
            case Fact.JudgementGiven judgement -> judgement.verdict();
            case Fact.RolloutFinished rollout -> rollout.outcome();
            case Fact.IncidentUpdated incident -> incident.state();
            case Fact.IncidentResolved resolved -> "resolved";
            default -> event.kind().substring(event.kind().indexOf('.') + 1);
        };
    }
}
