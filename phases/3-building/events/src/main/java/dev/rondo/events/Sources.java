package dev.rondo.events;

import java.util.Optional;

/** Refs and commits of runs, as "Events that trigger workflows" says. */
final class Sources {
    private Sources() {}

    /** The last commit of the default branch, borrowed; empty where there is none yet. */
    static Optional<Happening.Source> defaultBranch(Scene scene, String actor) {
        return defaultBranch(scene, actor, false);
    }

    static Optional<Happening.Source> defaultBranch(Scene scene, String actor, boolean evidence) {
        return scene.repository()
                .resolve(scene.defaultRef())
                .map(commit -> new Happening.Source(scene.defaultRef(), commit, evidence, actor));
    }
}
