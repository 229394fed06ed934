package dev.rondo.engine;

import dev.rondo.records.RunJob;
import dev.rondo.records.Waits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which jobs of a run go again and which are kept with their outputs, in called workflows too: what
 * is wanted, and everything that needs it.
 */
final class Repetition {
    private final List<RunJob> old;
    private final Map<String, RunJob> byId = new LinkedHashMap<>();
    private final Set<String> again = new HashSet<>();
    private final Set<String> reopened = new HashSet<>();
    private final Set<Node> anew = new HashSet<>();

    /** A job of a workflow, whatever its matrix made of it. */
    private record Node(String caller, String job) {
        static Node of(RunJob row) {
            return new Node(row.call().caller(), row.job());
        }
    }

    private Repetition(List<RunJob> old, List<RunJob> wanted) {
        this.old = old;
        old.forEach(row -> byId.put(row.id(), row));
        wanted.forEach(this::add);
        boolean more = true;
        while (more) {
            more = follow();
        }
    }

    /** Those that did not succeed; of those that call a workflow, what is in it. */
    static Repetition ofFailed(List<RunJob> old) {
        return new Repetition(
                old, old.stream().filter(row -> row.failed() && !row.opened()).toList());
    }

    /** One job; of one that calls a workflow, all of it. */
    static Repetition of(List<RunJob> old, RunJob job) {
        return new Repetition(old, List.of(job));
    }

    boolean nothing() {
        return again.isEmpty() && anew.isEmpty();
    }

    private boolean add(RunJob row) {
        boolean fresh;
        if (row.opened() || row.gate().readyAt() == 0) {
            // its matrix or its workflow is made once more
            fresh = anew.add(Node.of(row));
        } else {
            fresh = !anew.contains(Node.of(row)) && again.add(row.id());
        }
        for (String caller = row.call().caller(); !caller.isEmpty(); ) {
            reopened.add(caller);
            RunJob above = byId.get(caller);
            caller = above == null ? "" : above.call().caller();
        }
        return fresh;
    }

    /** What needs something that goes again goes again as a whole. */
    private boolean follow() {
        var changed = new HashSet<Node>(anew);
        again.forEach(id -> changed.add(Node.of(byId.getOrDefault(id, old.getFirst()))));
        reopened.stream()
                .filter(byId::containsKey)
                .forEach(id -> changed.add(Node.of(byId.getOrDefault(id, old.getFirst()))));
        boolean more = false;
        for (RunJob row : old) {
            boolean follows =
                    row.needs().stream()
                            .anyMatch(
                                    need -> changed.contains(new Node(row.call().caller(), need)));
            if (follows && anew.add(Node.of(row))) {
                again.remove(row.id());
                for (String at = row.call().caller(); !at.isEmpty(); ) {
                    reopened.add(at);
                    RunJob above = byId.get(at);
                    at = above == null ? "" : above.call().caller();
                }
                more = true;
            }
        }
        return more;
    }

    /** The jobs of the new run. */
    List<RunJob> rows(String run, long now) {
        var made = new ArrayList<RunJob>();
        var placed = new HashMap<Node, Boolean>();
        for (RunJob row : old) {
            Node node = Node.of(row);
            if (within(row)) {
                continue;
            }
            if (anew.contains(node)) {
                if (placed.put(node, true) == null) {
                    made.add(fresh(run, row));
                }
            } else if (again.contains(row.id())) {
                RunJob.Gate gate = row.gate();
                made.add(
                        row.in(run)
                                .queued(row.id(), row.name(), row.matrix(), now)
                                .with(
                                        new RunJob.Gate(
                                                gate.labels(),
                                                gate.environment(),
                                                "",
                                                Waits.NOT,
                                                "",
                                                now,
                                                "")));
            } else if (reopened.contains(row.id())) {
                made.add(row.in(run).queued(row.id(), row.name(), row.matrix(), now).started(now));
            } else {
                made.add(row.keptIn(run));
            }
        }
        return made;
    }

    /** Whether a job that calls its workflow is made anew, so that this one is too. */
    private boolean within(RunJob row) {
        for (RunJob above = byId.get(row.call().caller());
                above != null;
                above = byId.get(above.call().caller())) {
            if (anew.contains(Node.of(above))) {
                return true;
            }
        }
        return false;
    }

    private RunJob fresh(String run, RunJob row) {
        String caller = row.call().caller();
        RunJob above = byId.get(caller);
        String name = (above == null ? "" : above.name() + " / ") + row.job();
        return RunJob.waiting(
                        run, Level.id(caller, row.job()), row.job(), name, row.place(), row.needs())
                .with(new RunJob.Call(caller, row.call().calls(), "{}"));
    }

    /** Rows that were taken over, by id. */
    List<RunJob> kept() {
        return old.stream()
                .filter(row ->
                        !within(row)
                                && !anew.contains(Node.of(row))
                                && !again.contains(row.id())
                                && !reopened.contains(row.id()))
                .toList();
    }
}
