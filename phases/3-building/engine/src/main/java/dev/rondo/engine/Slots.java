package dev.rondo.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The places in which jobs run. Projects take turns; within one, what is urgent goes first and the
 * rest in the order of asking. Urgent jobs of any project go before all others.
 */
final class Slots {

    /** How many jobs may run at once; asked again at each decision. */
    interface Most {
        int all();

        int of(String project);
    }

    private final Most most;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private int running;
    private long turns;

    /** Those of one project. */
    private static final class Line {
        private final Deque<Ticket> urgent = new ArrayDeque<>();
        private final Deque<Ticket> plain = new ArrayDeque<>();
        private int running;
        private long turn;

        Deque<Ticket> of(boolean hurry) {
            return hurry ? urgent : plain;
        }

        boolean empty() {
            return urgent.isEmpty() && plain.isEmpty() && running == 0;
        }
    }

    /** A place that was asked for; {@code granted} is called once, from any thread. */
    static final class Ticket {
        private final String project;
        private final boolean urgent;
        private final Runnable granted;
        private boolean holds;

        Ticket(String project, boolean urgent, Runnable granted) {
            this.project = project;
            this.urgent = urgent;
            this.granted = granted;
        }
    }

    Slots(Most most) {
        this.most = most;
    }

    Ticket ask(String project, boolean urgent, Runnable granted) {
        var ticket = new Ticket(project, urgent, granted);
        synchronized (this) {
            lines.computeIfAbsent(project, name -> new Line()).of(urgent).add(ticket);
        }
        look();
        return ticket;
    }

    /** Gives the place back, or leaves the line. */
    void leave(Ticket ticket) {
        synchronized (this) {
            Line line = lines.get(ticket.project);
            if (line == null) {
                return;
            }
            if (ticket.holds) {
                ticket.holds = false;
                line.running--;
                running--;
            } else {
                line.of(ticket.urgent).remove(ticket);
            }
            if (line.empty()) {
                lines.remove(ticket.project);
            }
        }
        look();
    }

    /** Grants what is free; also after the limits were changed. */
    void look() {
        var granted = new ArrayList<Ticket>();
        int all = Math.max(1, most.all());
        synchronized (this) {
            while (running < all) {
                Optional<Ticket> next = next(true).or(() -> next(false));
                if (next.isEmpty()) {
                    break;
                }
                granted.add(next.get());
            }
        }
        granted.forEach(ticket -> ticket.granted.run());
    }

    /** Of the project that has least, and of those of the one whose turn is longest ago. */
    private Optional<Ticket> next(boolean urgent) {
        return lines.entrySet().stream()
                .filter(entry -> !entry.getValue().of(urgent).isEmpty())
                .filter(entry -> entry.getValue().running < Math.max(1, most.of(entry.getKey())))
                .map(Map.Entry::getValue)
                .min(
                        Comparator.comparingInt((Line line) -> line.running)
                                .thenComparingLong(line -> line.turn))
                .map(line -> {
                    Ticket ticket = line.of(urgent).remove();
                    ticket.holds = true;
                    line.running++;
                    line.turn = ++turns;
                    running++;
                    return ticket;
                });
    }

    /** How many jobs run, by project. */
    synchronized Map<String, Integer> running() {
        var counts = new HashMap<String, Integer>();
        lines.forEach((project, line) -> counts.put(project, line.running));
        return counts;
    }
}
