package dev.rondo.operating;

import dev.rondo.journal.Event;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.JournalReads.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * The causal neighbourhood of an incident, oldest first: what led to it, and what came of it until
 * it was resolved. It is read from the journal each time, so that it fills itself.
 */
final class IncidentTimeline {

    private static final int MOST_BEFORE = 60;
    private static final int MOST_AFTER = 150;

    /** What happens within a step of the way; the step's end tells enough. */
    private static final Set<String> NOISE =
            Set.of(
                    "audit.recorded",
                    "taskrun.started",
                    "taskrun.finished",
                    "pipelinerun.queued",
                    "pipelinerun.started",
                    "instance.changed",
                    "judgement.requested",
                    "command.given");

    private IncidentTimeline() {}

    static List<Event> of(Handle sql, Incident incident) {
        var signals =
                new ArrayList<>(IncidentStore.signals(sql, incident.project(), incident.number()));
        signals.add(incident.openedSeq());
        var events = new TreeMap<Long, Event>();
        events.putAll(JournalReads.thread(sql, signals, Direction.CAUSES, MOST_BEFORE));
        events.putAll(JournalReads.thread(sql, signals, Direction.EFFECTS, MOST_AFTER));
        long end = end(events, incident);
        return events.values().stream()
                .filter(event -> event.project().equals(incident.project()))
                .filter(event -> !NOISE.contains(event.kind()))
                .filter(event -> event.seq() <= end || isAbout(event, incident))
                .toList();
    }

    private static long end(TreeMap<Long, Event> events, Incident incident) {
        return events.values().stream()
                .filter(event -> event.kind().equals("incident.resolved"))
                .filter(event -> isAbout(event, incident))
                .mapToLong(Event::seq)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static boolean isAbout(Event event, Incident incident) {
        return event.subject().equals(Incidents.subject(incident));
    }
}
