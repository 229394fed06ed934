package dev.rondo.results;

import dev.rondo.access.Outcome;
import dev.rondo.access.Role;
import dev.rondo.jobs.JobArtifacts;
import dev.rondo.phase.Spine;
import dev.rondo.store.Blobs;
import dev.rondo.store.Micros;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The artifacts of a job that runs on this server, for the actions that Rondo does itself. */
final class LiveArtifacts implements JobArtifacts {

    private static final int MOST = 1_000;

    private final Spine spine;
    private final ArtifactDesk desk;
    private final LiveJob job;

    LiveArtifacts(Spine spine, ArtifactDesk desk, LiveJob job) {
        this.spine = spine;
        this.desk = desk;
        this.job = job;
    }

    @Override
    public Optional<String> refusal(String name, boolean overwrite) {
        var invalid = ArtifactNames.refusal(name);
        if (invalid.isPresent()) {
            return invalid;
        }
        return !overwrite && desk.find(run(), name).isPresent()
                ? Optional.of(
                        "Failed to CreateArtifact: Received non-retryable error: Failed request:"
                                + " (409) Conflict: an artifact with this name already exists on the"
                                + " workflow run")
                : Optional.empty();
    }

    private String run() {
        return job.identity().place().run();
    }

    @Override
    public Stored keep(String name, int days, boolean overwrite, Path zip)
            throws Refused, IOException {
        if (overwrite) {
            desk.find(run(), name).ifPresent(desk::delete);
        }
        long expires = days <= 0 ? 0 : Micros.now() + ArtifactDesk.micros(Duration.ofDays(days));
        try {
            return stored(
                    desk.keep(
                            job,
                            new Upload.Target.Artifact(name, "application/zip", expires),
                            zip));
        } catch (ArtifactDesk.Refused refused) {
            throw new Refused(refused.why());
        }
    }

    private static Stored stored(Archive archive) {
        return new Stored(
                archive.number(),
                archive.name(),
                archive.content().size(),
                archive.content().digest(),
                archive.content().files());
    }

    @Override
    public List<Stored> list(Optional<Elsewhere> where) throws Refused {
        if (where.isEmpty()) {
            return desk.ofRun(run()).stream().map(LiveArtifacts::stored).toList();
        }
        var elsewhere = where.get();
        var project = project(elsewhere);
        if (!elsewhere.run().matches("[0-9]{1,15}")) {
            throw new Refused("run-id is no number: " + elsewhere.run());
        }
        var filter = new ArchiveStore.Filter(project, Long.parseLong(elsewhere.run()), "");
        return spine.store().read(sql -> ArchiveStore.page(sql, filter, 0, MOST)).stream()
                .filter(archive -> !archive.life().expired())
                .map(LiveArtifacts::stored)
                .toList();
    }

    /** The project that a token may read the artifacts of; one that it may not does not exist. */
    private String project(Elsewhere elsewhere) throws Refused {
        var caller =
                switch (spine.access().tokens().callerOf(elsewhere.token())) {
                    case Outcome.Done<dev.rondo.access.Caller> done -> done.value();
                    case Outcome.Refused<dev.rondo.access.Caller> refused ->
                            throw new Refused("Bad credentials");
                };
        var project = elsewhere.repository().replaceFirst("^[^/]*/", "");
        boolean ours = elsewhere.repository().startsWith(JobIdentity.OWNER + "/");
        if (!ours
                || !spine.access()
                        .projects()
                        .role(caller, project, "actions")
                        .covers(Role.READER)) {
            throw new Refused("Not Found: " + elsewhere.repository());
        }
        return project;
    }

    @Override
    public Path file(Stored artifact) throws Refused {
        return blobs().path(artifact.digest())
                .orElseThrow(() -> new Refused("the file of '" + artifact.name() + "' is gone"));
    }

    private Blobs blobs() {
        return spine.blobs();
    }

    @Override
    public String page(Stored artifact) {
        var place = job.identity().place();
        return "%s/projects/%s/building/runs/%d/artifacts/%s"
                .formatted(
                        spine.publicUrl(),
                        place.project(),
                        place.number(),
                        java.net.URLEncoder.encode(
                                        artifact.name(), java.nio.charset.StandardCharsets.UTF_8)
                                .replace("+", "%20"));
    }
}
