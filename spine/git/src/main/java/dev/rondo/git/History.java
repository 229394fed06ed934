package dev.rondo.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Walks history from newest to oldest. The state of the walk is the set of commits that come next,
 * which is handed out as the key of the next page: a page deep down costs as much as the first.
 */
final class History implements AutoCloseable {

    private static final int MAX_STEPS = 200_000;
    private static final int MAX_FRONTIER = 60;
    private static final Comparator<RevCommit> NEWEST_FIRST =
            Comparator.comparingInt(RevCommit::getCommitTime)
                    .reversed()
                    .thenComparing(RevCommit::name);

    private final Repository repository;
    private final RevWalk walk;
    private final PriorityQueue<RevCommit> frontier = new PriorityQueue<>(NEWEST_FIRST);
    private final Set<ObjectId> seen = new HashSet<>();
    private final List<RevCommit> shown = new ArrayList<>();
    private final String path;

    /**
     * @param path only commits that changed this file or folder; empty for all
     */
    History(Repository repository, String path) {
        this.repository = repository;
        this.walk = new RevWalk(repository);
        this.path = path;
    }

    HistoryPage page(String from, int limit) throws IOException {
        String[] key = from.split("\\.", 2);
        for (String id : key.length > 1 ? key[1].split(",") : new String[0]) {
            shown.add(walk.parseCommit(ObjectId.fromString(id)));
        }
        seen.addAll(shown);
        for (String id : key[0].split(",")) {
            add(walk.parseCommit(ObjectId.fromString(id)));
        }
        var commits = new ArrayList<Commit>();
        for (int steps = 0; steps < MAX_STEPS && commits.size() < limit; steps++) {
            RevCommit commit = frontier.poll();
            if (commit == null || Thread.interrupted()) {
                break;
            }
            shown.add(commit);
            if (path.isEmpty() ? follow(commit) : changesPath(commit)) {
                commits.add(Commit.of(commit));
            }
        }
        return new HistoryPage(commits, next());
    }

    private void add(RevCommit commit) throws IOException {
        if (seen.add(commit.getId())) {
            walk.parseHeaders(commit);
            frontier.add(commit);
        }
    }

    private boolean follow(RevCommit commit) throws IOException {
        walk.parseBody(commit);
        for (RevCommit parent : commit.getParents()) {
            add(parent);
        }
        return true;
    }

    /** As git simplifies history: where a parent has the same content, only it is followed. */
    private boolean changesPath(RevCommit commit) throws IOException {
        ObjectId here = objectAt(commit);
        for (RevCommit parent : commit.getParents()) {
            walk.parseHeaders(parent);
            if (objectAt(parent).equals(here)) {
                add(parent);
                return false;
            }
        }
        follow(commit);
        return commit.getParentCount() > 0 || !here.equals(ObjectId.zeroId());
    }

    private ObjectId objectAt(RevCommit commit) throws IOException {
        try (TreeWalk tree =
                TreeWalk.forPath(repository, walk.getObjectReader(), path, commit.getTree())) {
            return tree == null ? ObjectId.zeroId() : tree.getObjectId(0);
        }
    }

    /**
     * The frontier, and behind a dot those already passed that are no newer than it: they could be
     * met again on another way, since commits of the same second stand in no order.
     */
    private String next() {
        RevCommit first = frontier.peek();
        if (first == null) {
            return "";
        }
        List<RevCommit> rest = new ArrayList<>(frontier);
        rest.sort(NEWEST_FIRST);
        var again =
                shown.stream()
                        .filter(commit -> commit.getCommitTime() <= first.getCommitTime())
                        .toList();
        return names(rest) + (again.isEmpty() ? "" : "." + names(again));
    }

    private static String names(List<RevCommit> commits) {
        return commits.stream()
                .limit(MAX_FRONTIER)
                .map(RevCommit::name)
                .collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        walk.close();
    }
}
