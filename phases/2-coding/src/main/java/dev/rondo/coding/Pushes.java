package dev.rondo.coding;

import dev.rondo.access.Caller;
import dev.rondo.access.Project;
import dev.rondo.access.Projects;
import dev.rondo.git.Commit;
import dev.rondo.git.GitFailure;
import dev.rondo.git.GitRepository;
import dev.rondo.git.RefUpdate;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Subject;
import dev.rondo.phase.PushedTags;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns moved refs into events. The table of known refs is written in the event's transaction:
 * where it differs from git, a ref has moved of which the journal knows nothing, and the event is
 * made up for. So no push is lost, wherever Rondo is killed between the ref and the event.
 */
final class Pushes {

    static final String ACTOR = "rondo:coding";
    private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);
    private static final int MOST_COMMITS = 250;
    private static final int MOST_CAUSES = 100;
    private static final int MOST_REFS = 1000;
    private static final int LONGEST = 300;
    private static final int PAGE = 500;
    private static final Caller EVERYBODY =
            new Caller(ACTOR, ACTOR, true, "", "", Caller.Means.NOTHING, "");

    private final Store store;
    private final Journal journal;
    private final Projects projects;
    private final ProjectRepositories repositories;
    private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    Pushes(Store store, Journal journal, Projects projects, ProjectRepositories repositories) {
        this.store = store;
        this.journal = journal;
        this.projects = projects;
        this.repositories = repositories;
    }

    /**
     * Refs that moved together.
     *
     * @param known what the journal knew of all refs before
     */
    private record Batch(
            Project project,
            String actor,
            GitRepository git,
            Map<String, String> known,
            Collection<Long> causes) {}

    /** Called after git has moved the refs and before the client hears of it. */
    void record(Project project, String actor, List<RefUpdate> updates) {
        locked(
                project,
                () -> {
                    var git = repositories.of(project);
                    var known = store.read(sql -> PushStore.knownRefs(sql, project.name()));
                    var moved = new ArrayList<RefUpdate>();
                    for (RefUpdate update : updates) {
                        behind(git, known, update).ifPresent(moved::add);
                    }
                    append(new Batch(project, actor, git, known, List.of()), moved);
                });
    }

    /**
     * What the journal does not know yet of an update. Two pushes to one ref may come here in the
     * other order than they went through git; the first one then speaks for both.
     */
    private static Optional<RefUpdate> behind(
            GitRepository git, Map<String, String> known, RefUpdate update) {
        String before = known.getOrDefault(update.ref(), RefUpdate.NONE);
        String after =
                before.equals(update.before())
                        ? update.after()
                        : git.refTarget(update.ref()).orElse(RefUpdate.NONE);
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(new RefUpdate(update.ref(), before, after));
    }

    /** Makes up for what the journal has missed in one project. */
    void reconcile(Project project, String actor, List<Long> causes) {
        locked(
                project,
                () -> {
                    var git = repositories.of(project);
                    var known = store.read(sql -> PushStore.knownRefs(sql, project.name()));
                    var actual = new HashMap<String, String>();
                    git.refs().forEach(ref -> actual.put(ref.ref(), ref.after()));
                    var refs = new TreeSet<>(known.keySet());
                    refs.addAll(actual.keySet());
                    var moved =
                            refs.stream()
                                    .map(ref ->
                                            new RefUpdate(
                                                    ref,
                                                    known.getOrDefault(ref, RefUpdate.NONE),
                                                    actual.getOrDefault(ref, RefUpdate.NONE)))
                                    .filter(ref -> !ref.before().equals(ref.after()))
                                    .toList();
                    if (!moved.isEmpty()) {
                        LOG.info("{}: making up for {} refs", project.name(), moved.size());
                        append(new Batch(project, actor, git, known, causes), moved);
                    }
                });
    }

    /** Makes up for what was missed in all projects; one that is broken holds up no other. */
    void reconcileAll() {
        String after = "";
        List<Project> page;
        do {
            page = projects.visibleTo(EVERYBODY, after, PAGE);
            for (Project project : page) {
                try {
                    reconcile(project, ACTOR, List.of());
                } catch (RuntimeException e) {
                    LOG.error("cannot compare the refs of {} with the journal", project.name(), e);
                }
                after = project.name();
            }
        } while (page.size() == PAGE);
    }

    private void append(Batch batch, List<RefUpdate> moved) {
        var facts = moved.stream().map(update -> fact(batch, update)).toList();
        boolean heap = moved.stream().filter(Pushes::isTag).count() > PushedTags.MOST;
        store.update(tx -> {
            for (int i = 0; i < facts.size(); i++) {
                long seq = append(tx, batch, moved.get(i), facts.get(i));
                if (heap && isTag(moved.get(i))) {
                    PushStore.heap(tx, seq);
                }
            }
        });
    }

    private static boolean isTag(RefUpdate update) {
        return update.ref().startsWith("refs/tags/");
    }

    /** Gives the event's place in the journal. */
    private long append(Tx tx, Batch batch, RefUpdate update, Fact.ChangePushed fact) {
        String project = batch.project().name();
        var causes = new TreeSet<>(batch.causes());
        fact.commits().stream()
                .flatMap(commit -> commit.mentions().stream())
                .distinct()
                .limit(MOST_CAUSES)
                .flatMap(number ->
                        JournalReads.last(tx.sql(), project, Subject.of("ticket", number)).stream())
                .forEach(event -> causes.add(event.seq()));
        PushStore.move(tx, project, update);
        fact.commits().forEach(commit -> PushStore.mention(tx, project, commit));
        String about = update.deleted() ? update.before() : update.after();
        var draft = new Draft(project, Subject.of("change", about), batch.actor(), fact);
        return journal.append(tx, draft, causes).seq();
    }

    private static Fact.ChangePushed fact(Batch batch, RefUpdate update) {
        var project = batch.project();
        var commits = update.deleted() ? List.<Commit>of() : newCommits(batch, update);
        return new Fact.ChangePushed(
                project.name(),
                update.ref(),
                update.before(),
                update.after(),
                update.ref().equals("refs/heads/" + project.defaultBranch()),
                forced(batch.git(), update),
                commits.stream().map(Pushes::fact).toList());
    }

    /** Of a new ref: what no other ref has had before; of a known one: what it did not have. */
    private static List<Commit> newCommits(Batch batch, RefUpdate update) {
        boolean note = update.ref().startsWith("refs/notes/");
        var known =
                update.created()
                        ? batch.known().entrySet().stream()
                                .filter(entry -> !entry.getKey().equals(update.ref()))
                                .map(Map.Entry::getValue)
                                .limit(MOST_REFS)
                                .toList()
                        : List.of(update.before());
        try {
            var peeled = batch.git().peeled(update.after()).filter(_ -> !note);
            return peeled.isEmpty()
                    ? List.of()
                    : batch.git().commitsSince(peeled.get(), known, MOST_COMMITS);
        } catch (GitFailure e) {
            LOG.warn("cannot list the commits of {}", update.ref(), e);
            return List.of();
        }
    }

    private static boolean forced(GitRepository git, RefUpdate update) {
        if (update.created() || update.deleted()) {
            return false;
        }
        try {
            return !git.builtOn(update.after(), update.before());
        } catch (GitFailure e) {
            // What it pointed at before is no commit, or gone: nothing was built on it.
            return true;
        }
    }

    private static Fact.Commit fact(Commit commit) {
        var words = TicketWords.of(commit.message());
        return new Fact.Commit(
                commit.id(),
                cut(commit.subject()),
                cut(commit.author().name()),
                cut(commit.author().email()),
                Micros.of(commit.author().at()),
                words.mentions(),
                words.fixes());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private void locked(Project project, Runnable work) {
        var lock = locks.computeIfAbsent(project.name(), _ -> new ReentrantLock());
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
