package dev.rondo.releasing;

import dev.rondo.access.Account;
import dev.rondo.access.Accounts;
import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.Projects;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Subject;
import dev.rondo.journal.Wording;
import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What people do with releases beside publishing them, and what the journal does to them. */
final class ReleaseActions {

    static final int MOST_REMARK = 2000;
    private static final int MOST_PLAN = 10_000;

    private final Spine spine;

    ReleaseActions(Spine spine) {
        this.spine = spine;
    }

    /** Says yes to a release for an environment. */
    Outcome<Approval> approve(
            Caller caller, String project, String version, String environment, String remark) {
        if (remark.length() > MOST_REMARK) {
            return Outcome.refused("releasing.remark.long", "comment", MOST_REMARK);
        }
        return spine.store()
                .write(tx -> approve(tx, caller, project, version, environment, remark));
    }

    private Outcome<Approval> approve(
            Tx tx,
            Caller caller,
            String project,
            String version,
            String environment,
            String remark) {
        var sql = tx.sql();
        var found = ReleaseStore.find(sql, project, version);
        if (found.isEmpty()) {
            return Outcome.refused("releasing.release.missing", "version", version);
        }
        var release = found.get();
        var refusal = approvalCheck(sql, caller, release).refusal(environment);
        if (refusal.isPresent()) {
            return Outcome.refused(
                    refusal.get().key(), "environment", refusal.get().args().toArray());
        }
        var event =
                spine.journal()
                        .append(
                                tx,
                                new Draft(
                                        project,
                                        release.subject(),
                                        caller.account(),
                                        new Fact.ReleaseApproved(
                                                version, environment, caller.account(), remark)),
                                List.of(release.life().draftedSeq()));
        var approval =
                new Approval(environment, caller.account(), remark, Micros.now(), event.seq());
        ReleaseStore.insert(sql, release.id(), approval);
        if (Publications.check(sql, release, approval.at()).opens(environment)
                && isNewest(sql, release)) {
            open(tx, release, environment);
        }
        tx.afterCommit(() -> tell(project, release.subject()));
        return Outcome.done(approval);
    }

    /** An older release must not take the place of a newer one because its approval came late. */
    private static boolean isNewest(Handle sql, Release release) {
        return ReleaseStore.lastGood(sql, release.project())
                .filter(last -> last.id().equals(release.id()))
                .isPresent();
    }

    /** The approval that was missing when the release was published has come. */
    private void open(Tx tx, Release release, String environment) {
        var sql = tx.sql();
        var open = new ArrayList<>(release.environments());
        open.add(environment);
        ReleaseStore.opened(sql, release.id(), open);
        var causes = new ArrayList<Long>();
        JournalReads.last(sql, release.project(), release.subject(), Kind.RELEASE_PUBLISHED)
                .ifPresent(event -> causes.add(event.seq()));
        ReleaseStore.approvals(sql, release.id()).stream()
                .filter(one -> one.environment().equals(environment))
                .forEach(one -> causes.add(one.seq()));
        spine.journal()
                .append(
                        tx,
                        new Draft(
                                release.project(),
                                release.subject(),
                                Drafting.ACTOR,
                                new Fact.ReleaseOpened(release.version(), environment)),
                        causes);
    }

    static ApprovalCheck approvalCheck(Handle sql, Caller caller, Release release) {
        var pushed =
                JournalReads.last(
                                sql,
                                release.project(),
                                Subject.of("change", release.commit()),
                                Kind.CHANGE_PUSHED)
                        .filter(event -> event.actor().equals(caller.account()));
        return new ApprovalCheck(
                release,
                ReleaseStore.approvals(sql, release.id()),
                caller.account(),
                Accounts.find(sql, caller.account()).map(Account::email).orElse(""),
                Projects.role(sql, caller, release.project()),
                pushed.isPresent());
    }

    /** Changes the rollback plan of a draft. */
    Outcome<Release> plan(String project, String version, String to, String steps) {
        if (steps.length() > MOST_PLAN) {
            return Outcome.refused("releasing.remark.long", "steps", MOST_PLAN);
        }
        return spine.store()
                .write(tx -> {
                    var found = ReleaseStore.find(tx.sql(), project, version);
                    if (found.isEmpty()) {
                        return Outcome.<Release>refused(
                                "releasing.release.missing", "version", version);
                    }
                    return plan(tx, found.get(), to, steps.strip());
                });
    }

    private Outcome<Release> plan(Tx tx, Release release, String to, String steps) {
        if (release.state() != ReleaseState.DRAFT) {
            return Outcome.refused("releasing.plan.state", "", release.version());
        }
        if (steps.isEmpty()) {
            return Outcome.refused("releasing.plan.empty", "steps");
        }
        var good = ReleaseStore.goodVersions(tx.sql(), release.project());
        if (to.isEmpty() ? !good.isEmpty() : !good.contains(to)) {
            return Outcome.refused("releasing.plan.to", "to", to);
        }
        ReleaseStore.wayBack(tx.sql(), release.id(), new Release.WayBack(to, steps));
        tx.afterCommit(() -> tell(release.project(), release.subject()));
        return Outcome.done(ReleaseStore.byId(tx.sql(), release.id()).orElseThrow());
    }

    /** A person says that a release is bad. */
    Outcome<Release> recall(Caller caller, String project, String version, String reason) {
        if (reason.isBlank()) {
            return Outcome.refused("releasing.recall.reason", "reason");
        }
        if (reason.length() > MOST_REMARK) {
            return Outcome.refused("releasing.remark.long", "reason", MOST_REMARK);
        }
        return spine.store()
                .write(tx -> {
                    var found = ReleaseStore.find(tx.sql(), project, version);
                    if (found.isEmpty()) {
                        return Outcome.<Release>refused(
                                "releasing.release.missing", "version", version);
                    }
                    var release = found.get();
                    var causes =
                            JournalReads.last(tx.sql(), project, release.subject()).stream()
                                    .map(Event::seq)
                                    .toList();
                    var said = new Recall(reason.strip(), Optional.empty());
                    return recall(tx, release, caller.account(), said, causes)
                            ? Outcome.done(release)
                            : Outcome.<Release>refused("releasing.recall.state", "", version);
                });
    }

    /** A rollout went back: its release is bad. */
    void rolledBack(Tx tx, Event event, Fact.ServiceRolledBack fact) {
        ReleaseStore.find(tx.sql(), event.project(), fact.version())
                .ifPresent(release ->
                        recall(
                                tx,
                                release,
                                Drafting.ACTOR,
                                new Recall(fact.reason(), event.wording()),
                                List.of(event.seq())));
    }

    /** Why, in English or in a person's words; and in any language where Rondo says it. */
    private record Recall(String reason, Optional<Wording> wording) {}

    private boolean recall(Tx tx, Release release, String actor, Recall why, List<Long> causes) {
        var sql = tx.sql();
        if (!ReleaseStore.move(sql, release.id(), ReleaseState.PUBLISHED, ReleaseState.RECALLED)) {
            return false;
        }
        ReleaseStore.end(sql, release.id(), why.reason());
        spine.journal()
                .append(
                        tx,
                        new Draft(
                                        release.project(),
                                        release.subject(),
                                        actor,
                                        new Fact.ReleaseRecalled(release.version(), why.reason()))
                                .saying(why.wording()),
                        causes);
        planAround(sql, release);
        tx.afterCommit(() -> tell(release.project(), release.subject()));
        return true;
    }

    /** A draft must not plan to go back to what has just turned out bad. */
    private static void planAround(Handle sql, Release bad) {
        ReleaseStore.draft(sql, bad.project())
                .filter(draft -> draft.wayBack().to().equals(bad.version()))
                .ifPresent(draft ->
                        ReleaseStore.wayBack(
                                sql,
                                draft.id(),
                                new Release.WayBack(
                                        ReleaseStore.lastGood(sql, bad.project())
                                                .map(Release::version)
                                                .orElse(""),
                                        draft.wayBack().steps())));
    }

    Outcome<Freeze> freeze(Caller caller, String project, Freeze wanted) {
        if (wanted.title().isBlank()) {
            return Outcome.refused("releasing.freeze.title", "title");
        }
        if (wanted.title().length() > 200) {
            return Outcome.refused("releasing.remark.long", "title", 200);
        }
        if (wanted.endsAt() <= wanted.startsAt()) {
            return Outcome.refused("releasing.freeze.order", "endsAt");
        }
        return Outcome.done(
                spine.store()
                        .write(tx -> {
                            var freeze = FreezeStore.insert(tx.sql(), project, wanted);
                            audit(tx, caller, project, "freeze.created", freeze.title());
                            return freeze;
                        }));
    }

    boolean thaw(Caller caller, String project, String id) {
        return spine.store()
                .write(tx -> {
                    var gone = FreezeStore.delete(tx.sql(), project, id);
                    if (gone) {
                        audit(tx, caller, project, "freeze.ended", id);
                    }
                    return gone;
                });
    }

    private void audit(Tx tx, Caller caller, String project, String action, String target) {
        spine.journal()
                .append(
                        tx,
                        new Draft(
                                project,
                                Subject.of("account", caller.account()),
                                caller.account(),
                                new Fact.AuditRecorded(action, target, Map.of())));
        tx.afterCommit(() -> spine.live().publish(project, "releasing", ""));
    }

    private void tell(String project, Subject subject) {
        spine.live().publish(project, subject, "changed", "");
        spine.live().publish(project, "releasing", "");
    }

    /** For those who look at it: who may still approve what, and why not. */
    Optional<Why> mayApprove(Handle sql, Caller caller, Release release, String environment) {
        return approvalCheck(sql, caller, release).refusal(environment);
    }
}
