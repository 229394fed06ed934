package dev.rondo.engine;

import dev.rondo.access.Projects;
import dev.rondo.git.GitRepository;
import dev.rondo.jobs.ActionReference;
import dev.rondo.jobs.ActionSources;
import dev.rondo.jobs.CacheAction;
import dev.rondo.jobs.DownloadArtifact;
import dev.rondo.jobs.NativeAction;
import dev.rondo.jobs.UploadArtifact;
import dev.rondo.natives.Natives;
import dev.rondo.records.Run;
import dev.rondo.results.LiveJob;
import dev.rondo.settings.ActionPolicy;
import dev.rondo.settings.Refused;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The actions of a job: those that Rondo does itself, then repositories on this Rondo, then those
 * of elsewhere.
 */
final class RunActions implements ActionSources {
    private final Workshop shop;
    private final Run run;
    private final LiveJob live;
    private final Natives natives;
    private final Map<ActionReference, ActionRepositories.Found> found = new HashMap<>();

    RunActions(Workshop shop, Run run, LiveJob live) {
        this.shop = shop;
        this.run = run;
        this.live = live;
        this.natives = new Natives(this::find, live.caches());
    }

    @Override
    public Optional<NativeAction> known(ActionReference reference) {
        return shop.actions().prefersRepositories() && canBeHad(reference)
                ? Optional.empty()
                : ownOne(reference);
    }

    private boolean canBeHad(ActionReference reference) {
        try {
            return found(reference).isPresent();
        } catch (Refused e) {
            return false;
        }
    }

    private Optional<NativeAction> ownOne(ActionReference reference) {
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
    public void allow(ActionReference reference) throws Refused {
        ActionPolicy own = shop.settings().values().actions(run.project());
        for (ActionPolicy policy : List.of(shop.actions().policy(), own)) {
            Optional<String> refusal = policy.refusal(reference.toString(), run.project());
            if (refusal.isPresent()) {
                throw new Refused(refusal.get());
            }
        }
    }

    @Override
    public String fetch(ActionReference reference, Path folder) throws Refused {
        ActionRepositories.Found found =
                found(reference)
                        .orElseThrow(() ->
                                new Refused(
                                        "Unable to resolve action `%s`, repository not found"
                                                .formatted(reference)));
        shop.repositories().export(found, folder, reference.toString());
        return found.commit();
    }

    private Optional<ActionRepositories.Found> found(ActionReference reference) throws Refused {
        Optional<ActionRepositories.Found> before = Optional.ofNullable(found.get(reference));
        if (before.isPresent()) {
            return before;
        }
        Optional<ActionRepositories.Found> now = look(reference);
        now.ifPresent(one -> found.put(reference, one));
        return now;
    }

    private Optional<ActionRepositories.Found> look(ActionReference reference) throws Refused {
        String uses = reference.toString();
        Optional<ActionRepositories.Found> here =
                ActionRepositories.at(find(reference.repository()), reference.ref(), uses);
        return here.isPresent()
                ? here
                : shop.repositories().find(reference.repository(), reference.ref(), uses);
    }

    /** A project of this Rondo, where an owner of the run's project may read it. */
    private Optional<GitRepository> find(String name) {
        String[] parts = name.split("/", -1);
        boolean ours = parts.length == 2 && parts[0].equalsIgnoreCase(Projects.OWNER);
        return ours
                        && shop.spine()
                                .store()
                                .read(sql -> Projects.ownerReads(sql, run.project(), parts[1]))
                ? shop.spine().repositories().find(parts[1])
                : Optional.empty();
    }
}
