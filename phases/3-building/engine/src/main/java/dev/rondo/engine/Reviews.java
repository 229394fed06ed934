package dev.rondo.engine;

import dev.rondo.access.Outcome;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.settings.Environment;
import dev.rondo.settings.EnvironmentStore;
import dev.rondo.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What reviewers say of jobs that wait for an environment. Pages and API come here. */
public final class Reviews {
    private static final Set<String> VERDICTS = Set.of("approved", "rejected", "bypassed");
    private static final int COMMENT = 1_000;

    private final Workshop shop;
    private final Conductor conductor;

    Reviews(Workshop shop, Conductor conductor) {
        this.shop = shop;
        this.conductor = conductor;
    }

    /**
     * What is said.
     *
     * @param environments by name; none means all that wait
     * @param owner whether who says it owns the project
     */
    public record Said(
            List<String> environments, String verdict, String comment, String by, boolean owner) {}

    /** Jobs of a run that one environment holds back. */
    public record Pending(Environment environment, List<RunJob> jobs) {}

    /** By environment, those that wait for a review or a timer. */
    public static List<Pending> pending(Handle sql, Run run, List<RunJob> jobs) {
        var waiting = new LinkedHashMap<String, List<RunJob>>();
        for (RunJob job : jobs) {
            boolean held = job.gate().waits().held();
            if (!job.finished() && held) {
                waiting.computeIfAbsent(
                                EnvironmentStore.folded(job.gate().environment()),
                                name -> new ArrayList<>())
                        .add(job);
            }
        }
        var pending = new ArrayList<Pending>();
        waiting.forEach((name, held) ->
                EnvironmentStore.find(sql, run.project(), name)
                        .ifPresent(found -> pending.add(new Pending(found, List.copyOf(held)))));
        return pending;
    }

    public Outcome<Run> say(Run run, Said said) {
        if (!VERDICTS.contains(said.verdict())) {
            return Outcome.refused("building.review.verdict", "verdict", said.verdict());
        }
        if (said.comment().length() > COMMENT) {
            return Outcome.refused("building.review.comment", "comment", COMMENT);
        }
        Outcome<Run> outcome = shop.spine().store().write(tx -> say(tx, run, said));
        if (outcome instanceof Outcome.Done<Run>) {
            conductor.look(run.id());
            shop.changed(run);
        }
        return outcome;
    }

    private Outcome<Run> say(Tx tx, Run run, Said said) {
        List<String> wanted = said.environments().stream().map(EnvironmentStore::folded).toList();
        List<Pending> pending =
                pending(tx.sql(), run, RunRows.jobs(tx.sql(), run.id())).stream()
                        .filter(one ->
                                wanted.isEmpty() || wanted.contains(one.environment().name()))
                        .toList();
        if (pending.isEmpty()) {
            return Outcome.refused("building.review.nothing", "", run.number());
        }
        for (Pending one : pending) {
            Optional<String> keeps = keeps(one.environment(), run, said);
            if (keeps.isPresent()) {
                return Outcome.refused(keeps.get(), "", one.environment().title());
            }
        }
        var review = new Environment.Review(said.verdict(), said.by(), said.comment().strip());
        for (Pending one : pending) {
            one.jobs().forEach(job -> ReviewRows.put(shop.runs(), tx, run, job, review));
        }
        return Outcome.done(run);
    }

    private static Optional<String> keeps(Environment environment, Run run, Said said) {
        if (said.verdict().equals("bypassed")) {
            return said.owner() && environment.bypass()
                    ? Optional.empty()
                    : Optional.of("building.review.bypass");
        }
        return environment.keeps(said.by(), run.startedBy());
    }

    /** What a person may do about an environment: the verdicts in order, or why there are none. */
    public static Map<String, Boolean> choices(
            Environment environment, Run run, String account, boolean owner) {
        var choices = new LinkedHashMap<String, Boolean>();
        boolean reviews =
                !environment.reviewers().isEmpty()
                        && environment.keeps(account, run.startedBy()).isEmpty();
        choices.put("approved", reviews);
        choices.put("rejected", reviews);
        choices.put("bypassed", owner && environment.bypass());
        return choices;
    }
}
