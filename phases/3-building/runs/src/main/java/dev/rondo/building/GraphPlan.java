package dev.rondo.building;

import dev.rondo.records.RunJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which jobs stand behind which in the drawing of a run. A job that calls a workflow is not drawn:
 * in its place stand the jobs of that workflow, the first of them behind what it needs, the last in
 * front of what needs it.
 */
final class GraphPlan {
    private final Map<String, RunJob> byId = new HashMap<>();
    private final Map<String, List<RunJob>> byNode = new HashMap<>();
    private final Map<String, List<RunJob>> byCaller = new HashMap<>();
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<RunJob> shown;

    GraphPlan(List<RunJob> all) {
        for (RunJob row : all) {
            byId.put(row.id(), row);
            byNode.computeIfAbsent(node(row.call().caller(), row.job()), n -> new ArrayList<>())
                    .add(row);
            byCaller.computeIfAbsent(row.call().caller(), n -> new ArrayList<>()).add(row);
        }
        this.shown = all.stream().filter(row -> !row.opened()).toList();
    }

    private static String node(String caller, String job) {
        return caller + "/" + job;
    }

    List<RunJob> shown() {
        return shown;
    }

    /** The longest way to a job. */
    int column(RunJob job) {
        Integer known = columns.get(job.id());
        if (known == null) {
            columns.put(job.id(), 0); // a circle cannot be, yet would end here
            known = before(job).stream().mapToInt(b -> column(b) + 1).max().orElse(0);
            columns.put(job.id(), known);
        }
        return known;
    }

    /** The drawn jobs that a job needs; the first ones of a called workflow need what it needs. */
    List<RunJob> before(RunJob job) {
        if (job.needs().isEmpty()) {
            RunJob above = byId.get(job.call().caller());
            return above == null ? List.of() : before(above);
        }
        return job.needs().stream()
                .flatMap(need ->
                        byNode.getOrDefault(node(job.call().caller(), need), List.of()).stream())
                .flatMap(this::ends)
                .toList();
    }

    /** A drawn job itself, or of a called workflow those that none other of it needs. */
    private Stream<RunJob> ends(RunJob row) {
        if (!row.opened()) {
            return Stream.of(row);
        }
        List<RunJob> inside = byCaller.getOrDefault(row.id(), List.of());
        return inside.stream()
                .filter(one ->
                        inside.stream().noneMatch(other -> other.needs().contains(one.job())))
                .flatMap(this::ends);
    }
}
