package dev.rondo.releasing;

import dev.rondo.git.GitFailure;
import dev.rondo.git.GitRepository;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.phase.Spine;
import dev.rondo.releasing.GateStore.Gate;
import dev.rondo.releasing.GateStore.Packaged;
import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes drafts from gates that passed. One thread does it, outside of the reaction's transaction,
 * because it reads git; a gate is marked as done in the transaction that makes the draft, so that a
 * crash loses none and doubles none.
 */
final class Drafting {

    static final String ACTOR = "rondo:releasing";
    private static final Logger LOG = LoggerFactory.getLogger(Drafting.class);

    private final Spine spine;
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("releasing-drafts").daemon().factory());

    Drafting(Spine spine) {
        this.spine = spine;
    }

    /** All that is known before git is asked. */
    private record Known(
            List<Packaged> packaged,
            Set<Version> bad,
            Set<String> taken,
            Optional<Release> draft,
            Optional<Release> good,
            boolean released,
            boolean publishing) {}

    /** Looks for gates that wait; returns at once. */
    void wake() {
        worker.execute(this::work);
    }

    /** Looks for them and waits until they are done, for a while. */
    void wakeAndWait(Duration patience) {
        try {
            worker.submit(this::work).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("drafting takes long", e);
        }
    }

    void stop() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(5, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        for (var gate : spine.store().read(GateStore::waiting)) {
            try {
                draft(gate);
            } catch (GitFailure failure) {
                LOG.warn("no draft of {} in {}", gate.commit(), gate.project(), failure);
                noDraft(gate, Why.of("releasing.why.git", failure.complaint()));
            } catch (RuntimeException failure) {
                LOG.error("no draft of {} in {}", gate.commit(), gate.project(), failure);
                noDraft(gate, Why.of("releasing.why.failed", failure.toString()));
            }
        }
    }

    private void draft(Gate gate) {
        var known = spine.store().read(sql -> known(sql, gate));
        if (known.publishing()) {
            // The tag that it counts on from is being made; publishing wakes us when it is there.
            return;
        }
        var git = spine.repositories().find(gate.project());
        if (git.isEmpty()) {
            noDraft(gate, Why.of("releasing.why.repository"));
            return;
        }
        var obstacle = obstacle(gate, known, git.get());
        if (obstacle.isPresent()) {
            noDraft(gate, obstacle.get());
            return;
        }
        var next = new ReleaseHistory(git.get()).next(gate.commit(), known.bad());
        if (next.version().isEmpty()) {
            noDraft(gate, Why.of(next));
            return;
        }
        var release = release(gate, known, next, rules(git.get(), gate.commit()));
        spine.store().update(tx -> insert(tx, gate, known, release));
    }

    private static Known known(Handle sql, Gate gate) {
        var project = gate.project();
        var bad = ReleaseStore.badVersions(sql, project);
        return new Known(
                GateStore.packagedBy(sql, project, gate.run()),
                bad.stream().flatMap(v -> Version.parse(v).stream()).collect(Collectors.toSet()),
                Set.copyOf(ReleaseStore.takenVersions(sql, project)),
                ReleaseStore.draft(sql, project),
                ReleaseStore.lastGood(sql, project),
                ReleaseStore.released(sql, project, gate.commit()),
                ReleaseStore.publishing(sql).stream().anyMatch(r -> r.project().equals(project)));
    }

    private static Optional<Why> obstacle(Gate gate, Known known, GitRepository git) {
        if (known.released()) {
            return Optional.of(Why.of("releasing.why.released", shortId(gate.commit())));
        }
        return known.draft()
                .filter(draft -> git.builtOn(draft.commit(), gate.commit()))
                .map(draft ->
                        draft.commit().equals(gate.commit())
                                ? Why.of("releasing.why.drafted", draft.version())
                                : Why.of("releasing.why.newer", draft.version()));
    }

    private static DeliveryRules rules(GitRepository git, String commit) {
        var file = git.file(commit, DeliveryRules.PATH, DeliveryRules.MOST_BYTES + 1);
        return file.map(blob ->
                        DeliveryRules.read(
                                new String(blob.bytes(), java.nio.charset.StandardCharsets.UTF_8)))
                .orElse(DeliveryRules.NONE);
    }

    private static Release release(
            Gate gate, Known known, NextRelease next, DeliveryRules delivery) {
        var version = next.version().orElseThrow();
        while (known.taken().contains(version.toString())) {
            // Its tag was taken away by somebody; the number stays used.
            version = version.next(next.bump());
        }
        var artifacts =
                known.packaged().stream()
                        .map(Packaged::artifact)
                        .filter(a ->
                                delivery.artifact().isEmpty()
                                        || a.name().equals(delivery.artifact()))
                        .toList();
        var missing =
                artifacts.isEmpty() && !delivery.artifact().isEmpty()
                        ? Optional.of(Why.of("releasing.publish.artifact", delivery.artifact()))
                        : Optional.<Why>empty();
        return new Release(
                Ids.next(),
                gate.project(),
                version.toString(),
                ReleaseState.DRAFT,
                gate.commit(),
                gate.run(),
                new Release.Content(
                        next.changes(),
                        Why.of(next),
                        artifacts,
                        tickets(next.changes()),
                        delivery.environments(),
                        delivery.problem().or(() -> missing)),
                new Release.WayBack(known.good().map(Release::version).orElse(""), ""),
                new Release.Life(Micros.now(), 0, 0, "", "", 0, ""),
                List.of());
    }

    private static List<Long> tickets(List<Change> changes) {
        return List.copyOf(
                changes.stream()
                        .flatMap(change -> change.tickets().stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private void insert(Tx tx, Gate gate, Known known, Release release) {
        var now = ReleaseStore.draft(tx.sql(), gate.project()).map(Release::id);
        if (!now.equals(known.draft().map(Release::id))) {
            // Published in between: it is counted on from, so all is to be read again.
            tx.afterCommit(this::wake);
            return;
        }
        known.draft().ifPresent(old -> supersede(tx, old, release));
        var causes = new ArrayList<Long>(List.of(gate.seq()));
        known.packaged().stream()
                .filter(p -> release.content().artifacts().contains(p.artifact()))
                .forEach(p -> causes.add(p.seq()));
        var event =
                spine.journal()
                        .append(
                                tx,
                                new Draft(
                                        gate.project(),
                                        release.subject(),
                                        ACTOR,
                                        new Fact.ReleaseDrafted(
                                                release.version(),
                                                release.commit(),
                                                release.run(),
                                                release.content().artifacts(),
                                                release.content().tickets())),
                                causes);
        ReleaseStore.insert(tx.sql(), drafted(release, event.seq()));
        GateStore.done(tx.sql(), gate.seq(), Optional.empty());
        tell(tx, gate.project(), release.subject());
    }

    private static void supersede(Tx tx, Release old, Release by) {
        ReleaseStore.move(tx.sql(), old.id(), ReleaseState.DRAFT, ReleaseState.SUPERSEDED);
        ReleaseStore.end(tx.sql(), old.id(), by.version());
    }

    private static Release drafted(Release release, long seq) {
        return new Release(
                release.id(),
                release.project(),
                release.version(),
                release.state(),
                release.commit(),
                release.run(),
                release.content(),
                release.wayBack(),
                new Release.Life(release.life().draftedAt(), seq, 0, "", "", 0, ""),
                List.of());
    }

    private void noDraft(Gate gate, Why why) {
        spine.store()
                .update(tx -> {
                    GateStore.done(tx.sql(), gate.seq(), Optional.of(why));
                    tell(tx, gate.project(), Subject.of("gate", gate.run()));
                });
    }

    private void tell(Tx tx, String project, Subject subject) {
        tx.afterCommit(() -> {
            spine.live().publish(project, "releasing", "");
            spine.live().publish(project, subject, "changed", "");
        });
    }

    private static String shortId(String commit) {
        return commit.substring(0, Math.min(10, commit.length()));
    }
}
