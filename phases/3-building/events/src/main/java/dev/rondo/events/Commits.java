package dev.rondo.events;

import dev.rondo.git.Commit;
import dev.rondo.git.GitFailure;
import dev.rondo.git.Person;
import dev.rondo.git.RefUpdate;
import dev.rondo.journal.Fact;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Commits as payloads show them, and what a push changed. */
final class Commits {
    /** Beyond these nobody can say which paths changed, and path filters let a push through. */
    private static final int CHANGED_PATHS = 5_000;

    private Commits() {}

    static Optional<Commit> find(Scene scene, String id) {
        try {
            return scene.repository().peeled(id).map(scene.repository()::commit);
        } catch (GitFailure e) {
            return Optional.empty();
        }
    }

    /** {@code added}, {@code removed} and {@code modified} are left out for workflows. */
    static Shape ofPush(Scene scene, Commit commit, boolean distinct) {
        return new Shape()
                .put("author", person(commit.author()))
                .put("committer", person(commit.committer()))
                .put("distinct", distinct)
                .put("id", commit.id())
                .put("message", commit.message().stripTrailing())
                .put("timestamp", commit.committer().at())
                .put("url", scene.page("change", commit.id()));
    }

    static Shape ofRun(Commit commit) {
        return new Shape()
                .put("id", commit.id())
                .put("message", commit.message().stripTrailing())
                .put("timestamp", commit.committer().at())
                .put("author", person(commit.author()))
                .put("committer", person(commit.committer()));
    }

    private static Shape person(Person person) {
        return new Shape().put("name", person.name()).put("email", person.email());
    }

    /** Of a new branch: what its commits changed, from the parent of the oldest one. */
    static Optional<Set<String>> changed(Scene scene, Fact.ChangePushed push) {
        String before = push.before();
        try {
            if (before.equals(RefUpdate.NONE)) {
                if (push.commits().isEmpty()) {
                    return Optional.empty();
                }
                var parents = scene.repository().commit(push.commits().getLast().id()).parents();
                before = parents.isEmpty() ? RefUpdate.NONE : parents.getFirst();
            }
            var paths = new HashSet<String>();
            scene.repository()
                    .changedPaths(before, push.after(), CHANGED_PATHS)
                    .forEach(change -> paths.add(change.path()));
            return paths.size() >= CHANGED_PATHS ? Optional.empty() : Optional.of(paths);
        } catch (GitFailure e) {
            return Optional.empty();
        }
    }
}
