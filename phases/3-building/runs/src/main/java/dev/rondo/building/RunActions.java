package dev.rondo.building;

import dev.rondo.access.Projects;
import dev.rondo.git.GitFailure;
import dev.rondo.git.GitRepository;
import dev.rondo.jobs.ActionReference;
import dev.rondo.jobs.ActionSources;
import dev.rondo.jobs.CacheAction;
import dev.rondo.jobs.DownloadArtifact;
import dev.rondo.jobs.NativeAction;
import dev.rondo.jobs.UploadArtifact;
import dev.rondo.natives.Natives;
import dev.rondo.results.LiveJob;
import java.nio.file.Path;
import java.util.Optional;

/** The actions of a job: those that Rondo does itself, then repositories on this Rondo. */
final class RunActions implements ActionSources {
    private final Workshop shop;
    private final Run run;
    private final LiveJob live;
    private final Natives natives;

    RunActions(Workshop shop, Run run, LiveJob live) {
        this.shop = shop;
        this.run = run;
        this.live = live;
        this.natives = new Natives(this::find);
    }

    @Override
    public Optional<NativeAction> known(ActionReference reference) {
        return switch (Natives.name(reference)) {
            case "actions/upload-artifact" -> Optional.of(new UploadArtifact(live.artifacts()));
            case "actions/download-artifact" -> Optional.of(new DownloadArtifact(live.artifacts()));
            case "actions/cache" -> cache(CacheAction.Part.BOTH);
            case "actions/cache/restore" -> cache(CacheAction.Part.RESTORE);
            case "actions/cache/save" -> cache(CacheAction.Part.SAVE);
            default -> natives.find(reference);
        };
    }

    private Optional<NativeAction> cache(CacheAction.Part part) {
        return Optional.of(new CacheAction(live.caches(), part));
    }

    @Override
    public String fetch(ActionReference reference, Path folder) throws Refused {
        GitRepository repository =
                find(reference.repository())
                        .orElseThrow(() ->
                                new Refused(
                                        "Unable to resolve action `%s`, repository not found"
                                                .formatted(reference)));
        String commit =
                repository
                        .resolve(reference.ref())
                        .orElseThrow(() ->
                                new Refused(
                                        "Unable to resolve action `%s`, unable to find version `%s`"
                                                .formatted(reference, reference.ref())));
        try {
            repository.workTrees().export(commit, folder);
        } catch (GitFailure e) {
            throw new Refused(
                    "Unable to fetch action `%s`: %s".formatted(reference, e.getMessage()));
        }
        return commit;
    }

    /** A project of this Rondo, where an owner of the run's project may read it. */
    private Optional<GitRepository> find(String name) {
        String[] parts = name.split("/", -1);
        boolean ours = parts.length == 2 && parts[0].equalsIgnoreCase(GithubContext.OWNER);
        return ours
                        && shop.spine()
                                .store()
                                .read(sql -> Projects.ownerReads(sql, run.project(), parts[1]))
                ? shop.spine().repositories().find(parts[1])
                : Optional.empty();
    }
}
