package dev.rondo.building;

import dev.rondo.git.GitFailure;
import dev.rondo.git.GitRepository;
import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.JobFolders;
import dev.rondo.jobs.NativeAction;
import dev.rondo.phase.Spine;
import java.nio.file.Path;

/** {@code actions/checkout}: the project's own repository, straight from the disk. */
final class Checkout implements NativeAction {
    private final Spine spine;
    private final Run run;

    Checkout(Spine spine, Run run) {
        this.spine = spine;
        this.run = run;
    }

    @Override
    public void run(ActionSetting setting) throws Failed {
        String own = GithubContext.OWNER + "/" + run.project();
        String wanted = setting.input("repository", own);
        if (!wanted.equals(own) && !wanted.equals(run.project())) {
            throw new Failed(
                    "actions/checkout: the repository '" + wanted + "' is not this project's");
        }
        GitRepository repository =
                spine.repositories()
                        .find(run.project())
                        .orElseThrow(() -> new Failed("The project has no repository any more"));
        String ref = setting.input("ref", run.source().ref());
        String commit =
                ref.equals(run.source().ref())
                        ? run.source().commit()
                        : repository
                                .resolve(ref)
                                .orElseThrow(() ->
                                        new Failed(
                                                "A branch, tag or commit '"
                                                        + ref
                                                        + "' could not be found"));
        Path folder = folder(setting, setting.input("path", "."));
        int depth = depth(setting.input("fetch-depth", "1"));
        setting.log().line("Checking out " + own + " at " + commit + " (" + ref + ")");
        try {
            repository
                    .workTrees()
                    .checkout(
                            commit,
                            full(repository, ref),
                            folder,
                            depth,
                            spine.publicUrl() + "/" + run.project() + ".git");
        } catch (GitFailure e) {
            throw new Failed("actions/checkout: " + e.getMessage());
        }
        setting.output("ref", ref);
        setting.output("commit", commit);
    }

    private static String full(GitRepository repository, String ref) {
        if (ref.startsWith("refs/")) {
            return ref;
        }
        return repository.refTarget("refs/heads/" + ref).isPresent()
                ? "refs/heads/" + ref
                : "refs/rondo/checkout";
    }

    private static Path folder(ActionSetting setting, String path) throws Failed {
        Path work = setting.workspace();
        Path folder = work.resolve(path).normalize();
        if (!folder.startsWith(work)) {
            throw new Failed(
                    "actions/checkout: the path '" + path + "' leads out of the workspace");
        }
        try {
            if (java.nio.file.Files.exists(folder)
                    && !folder.toRealPath().startsWith(work.toRealPath())) {
                throw new Failed(
                        "actions/checkout: the path '" + path + "' is a link out of the workspace");
            }
            JobFolders.empty(folder);
        } catch (java.io.IOException e) {
            throw new Failed("actions/checkout: cannot empty '" + path + "': " + e.getMessage());
        }
        return folder;
    }

    private static int depth(String text) throws Failed {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new Failed("actions/checkout: fetch-depth '" + text + "' is no number");
        }
    }
}
