package dev.rondo.releasing;

import dev.rondo.access.Account;
import dev.rondo.access.Accounts;
import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.Projects;
import dev.rondo.git.GitFailure;
import dev.rondo.git.Person;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.phase.Spine;
import dev.rondo.releasing.PublicationCheck.Closed;
import dev.rondo.releasing.PublicationCheck.Open;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes releases. First the decision is written, then the tag is made, then the event: a crash
 * in between is taken up again, and making the tag twice makes it once.
 */
final class Publications {

    private static final Logger LOG = LoggerFactory.getLogger(Publications.class);

    private final Spine spine;
    private final Runnable published;

    /**
     * @param published called after each one: a draft may wait for its tag
     */
    Publications(Spine spine, Runnable published) {
        this.spine = spine;
        this.published = published;
    }

    /**
     * @param reason why freezes shall not count; empty to respect them
     */
    Outcome<Release> publish(Caller caller, String project, String version, String reason) {
        var decided = spine.store().write(tx -> decide(tx, caller, project, version, reason));
        return switch (decided) {
            case Outcome.Refused<Release> refused -> refused;
            case Outcome.Done<Release> done -> finish(done.value());
        };
    }

    /** Ends what a crash interrupted. */
    void resume() {
        for (var release : spine.store().read(ReleaseStore::publishing)) {
            try {
                if (finish(release) instanceof Outcome.Refused<Release> refused) {
                    LOG.warn("{} is a draft again: {}", release.version(), refused.args());
                }
            } catch (GitFailure failure) {
                LOG.error("cannot publish {} of {}", release.version(), release.project(), failure);
            }
        }
    }

    private Outcome<Release> decide(
            Tx tx, Caller caller, String project, String version, String reason) {
        var sql = tx.sql();
        var found = ReleaseStore.find(sql, project, version);
        if (found.isEmpty()) {
            return Outcome.refused("releasing.release.missing", "version", version);
        }
        var release = found.get();
        if (!isGood(sql, release)) {
            return Outcome.refused("releasing.publish.plan", "to", release.wayBack().to());
        }
        var check = check(sql, release, Micros.now());
        return switch (check.decide(Projects.role(sql, caller, project), reason)) {
            case Closed closed ->
                    Outcome.refused(
                            closed.why().key(),
                            closed.frozen() ? "reason" : "",
                            closed.why().args().toArray());
            case Open open -> {
                ReleaseStore.move(sql, release.id(), ReleaseState.DRAFT, ReleaseState.PUBLISHING);
                ReleaseStore.decided(
                        sql, release.id(), caller.account(), reason.strip(), open.environments());
                yield Outcome.done(ReleaseStore.byId(sql, release.id()).orElseThrow());
            }
        };
    }

    static PublicationCheck check(Handle sql, Release release, long now) {
        return new PublicationCheck(
                release,
                ReleaseStore.approvals(sql, release.id()),
                FreezeStore.at(sql, release.project(), now),
                now);
    }

    /** Whether its rollback plan leads to a release that is still a good one. */
    private static boolean isGood(Handle sql, Release release) {
        var to = release.wayBack().to();
        return to.isEmpty()
                || ReleaseStore.find(sql, release.project(), to)
                        .filter(r -> r.state() == ReleaseState.PUBLISHED)
                        .isPresent();
    }

    private Outcome<Release> finish(Release release) {
        try {
            tag(release);
        } catch (GitFailure failure) {
            if (failure.category() != GitFailure.Category.LIMIT
                    && failure.category() != GitFailure.Category.ABSENT) {
                throw failure;
            }
            spine.store().update(tx -> takeBack(tx, release));
            published.run();
            return Outcome.refused("releasing.publish.tag", "", release.tag(), failure.complaint());
        }
        var done = spine.store().write(tx -> done(tx, release));
        published.run();
        return Outcome.done(done);
    }

    private void tag(Release release) {
        var git =
                spine.repositories()
                        .find(release.project())
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "no repository of project " + release.project()));
        var notes =
                new Notes(spine.texts(), Locale.ENGLISH, Notes.Addresses.NONE)
                        .write(release.content().changes());
        git.createTag(
                release.tag(),
                release.commit(),
                release.project() + " " + release.version() + "\n\n" + notes,
                tagger(release));
    }

    private Person tagger(Release release) {
        var by = release.life().publishedBy();
        var account = spine.store().read(sql -> Accounts.find(sql, by));
        return new Person(
                account.map(Account::title).orElse(by.isEmpty() ? "Rondo" : by),
                account.map(Account::email).orElse(""),
                Instant.ofEpochSecond(release.life().publishedAt() / 1_000_000));
    }

    private static void takeBack(Tx tx, Release release) {
        ReleaseStore.move(tx.sql(), release.id(), ReleaseState.PUBLISHING, ReleaseState.DRAFT);
        ReleaseStore.undecided(tx.sql(), release.id());
    }

    private Release done(Tx tx, Release release) {
        var sql = tx.sql();
        if (ReleaseStore.move(sql, release.id(), ReleaseState.PUBLISHING, ReleaseState.PUBLISHED)) {
            spine.journal()
                    .append(
                            tx,
                            new Draft(
                                    release.project(),
                                    release.subject(),
                                    release.life().publishedBy(),
                                    fact(release)),
                            causes(sql, release));
            tx.afterCommit(() -> tell(release));
        }
        return ReleaseStore.byId(sql, release.id()).orElseThrow();
    }

    private static Fact.ReleasePublished fact(Release release) {
        return new Fact.ReleasePublished(
                release.version(),
                release.commit(),
                release.tag(),
                release.content().artifacts(),
                release.content().tickets(),
                release.wayBack().to(),
                release.environments());
    }

    private static List<Long> causes(Handle sql, Release release) {
        var causes = new ArrayList<Long>();
        Optional.of(release.life().draftedSeq()).filter(seq -> seq > 0).ifPresent(causes::add);
        ReleaseStore.approvals(sql, release.id()).forEach(approval -> causes.add(approval.seq()));
        return causes;
    }

    private void tell(Release release) {
        spine.live().publish(release.project(), release.subject(), "changed", "");
        spine.live().publish(release.project(), "releasing", "");
    }
}
