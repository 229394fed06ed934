package dev.rondo.building;

import dev.rondo.records.RunJob;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The jobs of a run as its page shows them: a large matrix is one thing until somebody opens it.
 * Jobs stay in their order; a matrix stands where its first job stood.
 */
final class MatrixFold {
    /** So many jobs of one matrix are looked through at a glance. */
    private static final int AT_A_GLANCE = 6;

    /** From what needs a look most to what needs none. */
    private static final List<String> BY_URGENCY =
            List.of(
                    "failure",
                    "interrupted",
                    "cancelled",
                    "running",
                    "queued",
                    "waiting",
                    "allowed",
                    "success",
                    "skipped");

    private final Map<String, Group> groups;

    private MatrixFold(Map<String, Group> groups) {
        this.groups = groups;
    }

    /**
     * @param id a single job's own, or that of a large matrix
     * @param title of a large matrix; empty for a single job
     */
    record Group(String id, String title, List<RunJob> jobs) {

        boolean matrix() {
            return !title.isEmpty();
        }

        /** The state that needs a look most. */
        String standing() {
            return jobs.stream()
                    .map(MatrixFold::word)
                    .min(Comparator.comparingInt(BY_URGENCY::indexOf))
                    .orElseThrow();
        }

        /** How many jobs are in which state, what needs a look first. */
        Map<String, Long> counts() {
            var counts =
                    jobs.stream()
                            .collect(
                                    Collectors.groupingBy(MatrixFold::word, Collectors.counting()));
            var sorted = new LinkedHashMap<String, Long>();
            BY_URGENCY.stream()
                    .filter(counts::containsKey)
                    .forEach(word -> sorted.put(word, counts.get(word)));
            return sorted;
        }
    }

    static MatrixFold of(List<RunJob> shown) {
        Map<String, List<RunJob>> byNode =
                shown.stream()
                        .collect(
                                Collectors.groupingBy(
                                        MatrixFold::node, LinkedHashMap::new, Collectors.toList()));
        var groups = new LinkedHashMap<String, Group>();
        for (RunJob job : shown) {
            List<RunJob> siblings = byNode.getOrDefault(node(job), List.of());
            groups.put(
                    job.id(),
                    siblings.size() > AT_A_GLANCE
                            ? groups.getOrDefault(
                                    siblings.getFirst().id(),
                                    new Group(node(job), title(job), siblings))
                            : new Group(job.id(), "", List.of(job)));
        }
        return new MatrixFold(groups);
    }

    private static String node(RunJob job) {
        return job.call().caller().isEmpty() ? job.job() : job.call().caller() + "." + job.job();
    }

    /** The name without the combination: {@code caller / test} of {@code caller / test (a, 1)}. */
    private static String title(RunJob job) {
        int inside = job.name().lastIndexOf(" / ");
        return (inside < 0 ? "" : job.name().substring(0, inside + 3)) + job.job();
    }

    static String word(RunJob job) {
        return job.allowed() ? "allowed" : job.standing();
    }

    Group group(RunJob job) {
        return Objects.requireNonNull(groups.get(job.id()), "no job of this run");
    }

    /** Each group once, in the order of their first jobs. */
    List<Group> groups() {
        return groups.values().stream().distinct().toList();
    }
}
