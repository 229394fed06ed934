package dev.rondo.events;

import dev.rondo.actions.Value;
import dev.rondo.git.Commit;
import dev.rondo.git.RefUpdate;
import dev.rondo.journal.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code push}, and {@code create} and {@code delete} of branches and tags. */
final class PushEvents {
    private PushEvents() {}

    static List<Happening> of(Scene scene, Fact.ChangePushed push, String actor) {
        if (!push.ref().startsWith("refs/heads/") && !push.ref().startsWith("refs/tags/")) {
            return List.of();
        }
        if (push.after().equals(RefUpdate.NONE)) {
            return deleted(scene, push, actor).stream().toList();
        }
        Optional<Commit> head = Commits.find(scene, push.after());
        if (head.isEmpty()) {
            return List.of();
        }
        var happenings = new ArrayList<Happening>();
        String commit = head.get().id();
        String title =
                push.ref().startsWith("refs/tags/") || head.get().subject().isBlank()
                        ? name(push.ref())
                        : head.get().subject();
        happenings.add(
                new Happening(
                        "push",
                        pushed(scene, push, head.get(), actor),
                        new Happening.Source(push.ref(), commit, push.defaultBranch(), actor),
                        title,
                        Optional.of(head.get().message()),
                        () -> Commits.changed(scene, push)));
        if (push.before().equals(RefUpdate.NONE)) {
            happenings.add(
                    Happening.of(
                            "create",
                            ref(push.ref())
                                    .put("master_branch", scene.project().defaultBranch())
                                    .maybe("description", scene.project().description())
                                    .in(scene, actor),
                            new Happening.Source(push.ref(), commit, false, actor),
                            name(push.ref())));
        }
        return happenings;
    }

    /** The commit is gone with its ref: the run has the default branch's. */
    private static Optional<Happening> deleted(Scene scene, Fact.ChangePushed push, String actor) {
        return Sources.defaultBranch(scene, actor)
                .map(source ->
                        Happening.of(
                                "delete",
                                ref(push.ref()).in(scene, actor),
                                source,
                                name(push.ref())));
    }

    static String name(String ref) {
        return ref.replaceFirst("^refs/(heads|tags)/", "");
    }

    private static Shape ref(String ref) {
        return new Shape()
                .put("ref", name(ref))
                .put("ref_type", ref.startsWith("refs/tags/") ? "tag" : "branch")
                .put("pusher_type", "user");
    }

    private static Value pushed(Scene scene, Fact.ChangePushed push, Commit head, String actor) {
        var commits = new ArrayList<Value>();
        // oldest first, as GitHub sends them
        for (Fact.Commit commit : push.commits().reversed()) {
            Commits.find(scene, commit.id())
                    .ifPresent(one -> commits.add(Commits.ofPush(scene, one, true).value()));
        }
        return new Shape()
                .put("ref", push.ref())
                .put("before", push.before())
                .put("after", push.after())
                .nothing("base_ref")
                .put("created", push.before().equals(RefUpdate.NONE))
                .put("deleted", false)
                .put("forced", push.forced())
                .put("compare", scene.page("change", push.after()))
                .put("commits", commits)
                .put("head_commit", Commits.ofPush(scene, head, !commits.isEmpty()))
                .put("pusher", new Shape().put("name", actor).put("email", ""))
                .in(scene, actor);
    }
}
