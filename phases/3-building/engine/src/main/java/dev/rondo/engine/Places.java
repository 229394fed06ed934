package dev.rondo.engine;

import dev.rondo.actions.Workflow;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The places that jobs of one run asked for, and what runs in them. */
final class Places {
    private final Crew crew;
    private final boolean urgent;
    private final Map<String, Place> places = new LinkedHashMap<>();

    /** For which job, on what; without a thread it still waits. */
    static final class Place {
        private final Level level;
        private final Workflow.Job job;
        private final Station station;
        private Optional<Slots.Ticket> ticket = Optional.empty();
        private Optional<JobThread> thread = Optional.empty();

        Place(Level level, Workflow.Job job, Station station) {
            this.level = level;
            this.job = job;
            this.station = station;
        }

        Level level() {
            return level;
        }

        Workflow.Job job() {
            return job;
        }

        Station station() {
            return station;
        }
    }

    Places(Crew crew, boolean urgent) {
        this.crew = crew;
        this.urgent = urgent;
    }

    /**
     * Whether a run may turn the default branch green again: it goes before those who change it.
     */
    static boolean repairs(Handle sql, Run run) {
        return run.trigger().equals("rerun")
                && run.source().defaultBranch()
                && RunRows.run(sql, run.turn().before())
                        .filter(before -> before.progress().outcome().equals("failure"))
                        .isPresent();
    }

    synchronized boolean has(String job) {
        return places.containsKey(job);
    }

    synchronized Optional<Place> of(String job) {
        return Optional.ofNullable(places.get(job));
    }

    void ask(Run run, RunJob row, Place place, Runnable granted) {
        synchronized (this) {
            places.put(row.id(), place);
        }
        place.ticket = Optional.of(crew.slots(place.station).ask(run.project(), urgent, granted));
    }

    synchronized void run(String job, JobThread thread) {
        of(job).ifPresent(place -> place.thread = Optional.of(thread));
        thread.start();
    }

    void leave(String job) {
        Optional<Place> place;
        synchronized (this) {
            place = Optional.ofNullable(places.remove(job));
        }
        place.ifPresent(one -> one.ticket.ifPresent(crew.slots(one.station)::leave));
    }

    Optional<JobThread> thread(String job) {
        return of(job).flatMap(place -> place.thread);
    }

    /** As if Rondo ended: what is free then is granted to nobody. */
    void interrupt() {
        Map<String, Place> all;
        synchronized (this) {
            all = Map.copyOf(places);
        }
        all.values().forEach(place -> place.thread.ifPresent(JobThread::interrupt));
    }
}
