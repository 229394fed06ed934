package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The causal neighbourhood of something, folded from events into subjects: a node per subject, an
 * edge where an event of one caused an event of another. Pure.
 *
 * @param columns the rank in time of each event that begins a node or stands at an end of an edge,
 *     by its number: a cause's rank is always lower than its effect's
 */
record ThreadGraph(List<Node> nodes, List<Edge> edges, Map<Long, Integer> columns) {

    /**
     * @param place of the phase, 1 to 8
     * @param state the last state that an event told, or the last kind
     */
    record Node(Subject subject, int place, String title, String state, List<Event> events) {

        Event first() {
            return events.getFirst();
        }

        /** Whether it is shown here: by itself, or within another as a job is within its run. */
        boolean holds(Subject wanted) {
            return subject.equals(wanted)
                    || events.stream().anyMatch(event -> event.subject().equals(wanted));
        }
    }

    /** From one node to another, by index of nodes; the numbers of the cause and of its effect. */
    record Edge(int from, int to, long cause, long effect) {}

    static ThreadGraph of(Collection<Event> events) {
        var judgements = judgements(events);
        var bySubject = new LinkedHashMap<Subject, List<Event>>();
        events.stream()
                .filter(event -> PhaseOfKind.place(event.kind()) > 0)
                .sorted(Comparator.comparingLong(Event::seq))
                .forEach(event ->
                        bySubject
                                .computeIfAbsent(shown(event, judgements), s -> new ArrayList<>())
                                .add(event));
        var nodes = new ArrayList<Node>();
        var nodeOfSeq = new HashMap<Long, Integer>();
        bySubject.forEach((subject, own) -> {
            own.forEach(event -> nodeOfSeq.put(event.seq(), nodes.size()));
            nodes.add(
                    new Node(
                            subject,
                            PhaseOfKind.place(own.getFirst().kind()),
                            title(own),
                            state(told(own)),
                            List.copyOf(own)));
        });
        var edges = edges(nodes, nodeOfSeq);
        return new ThreadGraph(List.copyOf(nodes), edges, columns(nodes, edges));
    }

    /** Of several causes between the same two nodes the first is told. */
    private static List<Edge> edges(List<Node> nodes, Map<Long, Integer> nodeOfSeq) {
        var edges = new LinkedHashMap<List<Integer>, Edge>();
        for (int to = 0; to < nodes.size(); to++) {
            for (var effect : nodes.get(to).events()) {
                for (var cause : effect.causes()) {
                    var from = nodeOfSeq.get(cause);
                    if (from != null && from != to) {
                        edges.putIfAbsent(
                                List.of(from, to), new Edge(from, to, cause, effect.seq()));
                    }
                }
            }
        }
        return List.copyOf(edges.values());
    }

    private static Map<Long, Integer> columns(List<Node> nodes, List<Edge> edges) {
        var seqs = new TreeSet<Long>();
        nodes.forEach(node -> seqs.add(node.first().seq()));
        edges.forEach(edge -> {
            seqs.add(edge.cause());
            seqs.add(edge.effect());
        });
        var columns = new LinkedHashMap<Long, Integer>();
        seqs.forEach(seq -> columns.put(seq, columns.size()));
        return columns;
    }

    /**
     * The judgement that each event of one belongs to: it is known by the event that asked for it.
     */
    private static Map<Long, Subject> judgements(Collection<Event> events) {
        var asked = new HashMap<String, Subject>();
        var judgements = new HashMap<Long, Subject>();
        events.stream()
                .sorted(Comparator.comparingLong(Event::seq))
                .forEach(event -> {
                    switch (event.fact()) {
                        case Fact.JudgementRequested ask -> {
                            var judgement = Subject.of("judgement", event.id());
                            asked.put(ask.rollout() + "/" + ask.step(), judgement);
                            judgements.put(event.seq(), judgement);
                        }
                        case Fact.JudgementGiven given -> {
                            var judgement = asked.get(given.rollout() + "/" + given.step());
                            if (judgement != null) {
                                judgements.put(event.seq(), judgement);
                            }
                        }
                        default -> {}
                    }
                });
        return judgements;
    }

    /** Jobs and artifacts of a run are shown as the run, a judgement beside its rollout. */
    private static Subject shown(Event event, Map<Long, Subject> judgements) {
        var subject = judgements.getOrDefault(event.seq(), event.subject());
        return switch (event.fact()) {
            case Fact.TaskRunStarted task -> Subject.of("pipelinerun", task.run());
            case Fact.TaskRunFinished task -> Subject.of("pipelinerun", task.run());
            case Fact.ArtifactPackaged artifact -> Subject.of("pipelinerun", artifact.run());
            case Fact.TestSuiteRunFinished tests -> Subject.of("gate", tests.run());
            default -> subject;
        };
    }

    /** A service is named after what is live last, all else after how it began. */
    private static String title(List<Event> events) {
        boolean isService = events.getFirst().subject().kind().equals("service");
        for (var event : isService ? events.reversed() : events) {
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
                        case Fact.JudgementRequested asked ->
                                asked.candidate() + " / " + asked.stable();
                        case Fact.ServiceDeployed service ->
                                service.service() + " " + service.version();
                        case Fact.ServiceRolledBack service ->
                                service.service() + " " + service.toVersion();
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

    /**
     * The last event that says how the subject is: not that somebody heard, nor of one instance.
     */
    private static Event told(List<Event> events) {
        return events.stream()
                .filter(event -> !(event.fact() instanceof Fact.NotificationSent))
                .filter(event -> !(event.fact() instanceof Fact.InstanceChanged))
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
