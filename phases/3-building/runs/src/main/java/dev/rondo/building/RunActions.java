package dev.rondo.building;

import dev.rondo.access.Projects;
import dev.rondo.git.GitFailure;
import dev.rondo.git.GitRepository;
import dev.rondo.jobs.ActionReference;
import dev.rondo.jobs.ActionSources;
import dev.rondo.jobs.NativeAction;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The actions of a job: those that Rondo does itself, then repositories on this Rondo. */
final class RunActions implements ActionSources {
    private final Workshop shop;
    private final Run run;
    private final String job;

    RunActions(Workshop shop, Run run, String job) {
        this.shop = shop;
        this.run = run;
        this.job = job;
    }

    @Override
    public Optional<NativeAction> known(ActionReference reference) {
        String name =
                reference.repository() + (reference.path().isEmpty() ? "" : "/" + reference.path());
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "actions/checkout" -> Optional.of(new Checkout(shop.spine(), run));
            case "actions/upload-artifact" -> Optional.of(new UploadArtifact(shop, run, job));
            default -> Tools.named(name.toLowerCase(Locale.ROOT));
        };
    }

    @Override
    public String fetch(ActionReference reference, Path folder) throws Refused {
        GitRepository repository =
                find(reference)
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
    private Optional<GitRepository> find(ActionReference reference) {
        String project = reference.name();
        boolean ours = reference.owner().equalsIgnoreCase(GithubContext.OWNER);
        return ours
                        && shop.spine()
                                .store()
                                .read(sql -> Projects.ownerReads(sql, run.project(), project))
                ? shop.spine().repositories().find(project)
                : Optional.empty();
    }
}
