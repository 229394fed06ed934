package dev.rondo.engine;

import dev.rondo.actions.Concurrency;
import dev.rondo.actions.RunsOn;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Workflow;
import dev.rondo.records.JobResult;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.Waits;
import dev.rondo.settings.Environment;
import dev.rondo.store.Micros;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What stands between a job that is ready and its place in the queue, in this order. */
final class Gates {
    /** A job that no executor takes is not kept longer, as on GitHub. */
    static final Duration QUEUE_TIME = Duration.ofHours(24);

    private final Workshop shop;
    private final ConcurrencyGroups groups;
    private final List<Station> stations;

    Gates(Workshop shop, ConcurrencyGroups groups, List<Station> stations) {
        this.shop = shop;
        this.groups = groups;
        this.stations = stations;
    }

    sealed interface Passage {
        record Free(Station station) implements Passage {}

        /** {@code until} is when to look again, in microseconds; the greatest long is never. */
        record Blocked(Waits why, long until) implements Passage {}

        record Ended(JobResult result) implements Passage {}
    }

    ConcurrencyGroups groups() {
        return groups;
    }

    /** The gates of a job that runs. */
    Passage pass(Run run, Level level, Workflow.Job job, RunJob row, Scope scope) {
        return group(run, level, job.concurrency(), row.id(), scope)
                .or(() -> environment(run, row))
                .orElseGet(() -> executor(row));
    }

    /** The group of the run itself; empty where nothing is in its way. */
    Optional<Passage> group(Run run, Level level) {
        return group(run, level, level.workflow().concurrency(), "", level.scope());
    }

    /** The group of a job, and of the workflow that it calls. */
    Optional<Passage> group(
            Run run, Level level, Optional<Concurrency> written, String claim, Scope scope) {
        if (written.isEmpty()) {
            return Optional.empty();
        }
        String group = written.get().group(scope);
        if (group.isBlank()) {
            return Optional.empty();
        }
        var wanted =
                new ConcurrencyGroups.Wanted(
                        run.project(),
                        group,
                        run.id(),
                        claim,
                        written.get().cancelsInProgress(scope),
                        written.get().keepsAll(),
                        new HashSet<>(above(level, claim)));
        return switch (groups.ask(wanted)) {
            case ConcurrencyGroups.Answer.Held held -> Optional.empty();
            case ConcurrencyGroups.Answer.Waiting waiting ->
                    Optional.of(
                            new Passage.Blocked(
                                    Waits.of("concurrency", group, waiting.holder()),
                                    Long.MAX_VALUE));
            case ConcurrencyGroups.Answer.Refused refused ->
                    Optional.of(new Passage.Ended(JobResult.of("cancelled", refused.message())));
        };
    }

    private static List<String> above(Level level, String claim) {
        var above = new ArrayList<>(level.claimsAbove());
        if (claim.endsWith("/")) {
            above.add(claim.substring(0, claim.length() - 1));
        }
        above.remove(claim);
        return above;
    }

    private Optional<Passage> environment(Run run, RunJob row) {
        String name = row.gate().environment();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Environment environment = shop.settings().environments().named(run.project(), name);
        if (!environment.isProtected()) {
            return Optional.empty();
        }
        Optional<Environment.Review> review =
                shop.spine().store().read(sql -> ReviewRows.find(sql, run.id(), row.id()));
        return switch (environment.door(
                run.source().ref(), review, row.gate().readyAt(), Micros.now())) {
            case Environment.Door.Open open -> Optional.empty();
            case Environment.Door.Shut shut ->
                    Optional.of(
                            new Passage.Blocked(new Waits(shut.why(), shut.args()), shut.until()));
            case Environment.Door.Refused refused ->
                    Optional.of(new Passage.Ended(JobResult.of("failure", refused.message())));
        };
    }

    private Passage executor(RunJob row) {
        RunsOn wanted = runsOn(row.gate().labels());
        Optional<Station> found = stations.stream().filter(one -> one.takes(wanted)).findFirst();
        if (found.isPresent()) {
            return new Passage.Free(found.get());
        }
        long last = row.gate().readyAt() + QUEUE_TIME.toMillis() * 1_000;
        if (Micros.now() >= last) {
            return new Passage.Ended(
                    JobResult.of(
                            "cancelled",
                            "No executor with the labels %s took this job within %d hours."
                                    .formatted(
                                            String.join(", ", row.gate().labels()),
                                            QUEUE_TIME.toHours())));
        }
        return new Passage.Blocked(
                Waits.of("labels", String.join(", ", row.gate().labels())), last);
    }

    /** As a row keeps it: the labels, and in front of a group its kind. */
    static List<String> labels(RunsOn wanted) {
        var labels = new ArrayList<String>();
        wanted.group().ifPresent(group -> labels.add("group:" + group));
        wanted.labels().forEach(label -> labels.add(label.replace('\n', ' ')));
        return labels;
    }

    private static RunsOn runsOn(List<String> kept) {
        return new RunsOn(
                kept.stream().filter(label -> !label.startsWith("group:")).toList(),
                kept.stream()
                        .filter(label -> label.startsWith("group:"))
                        .map(label -> label.substring("group:".length()))
                        .findFirst());
    }
}
