package dev.rondo.results;

import dev.rondo.store.Micros;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * {@code github.actions.results.api.v1.ArtifactService} as {@code @actions/artifact} calls it
 * (actions/toolkit, packages/artifact/src/generated/results/api/v1/artifact.ts).
 */
final class ArtifactService {

    private static final String NAME = "github.actions.results.api.v1.ArtifactService";

    private final ArtifactDesk desk;
    private final SignedUrls urls;

    ArtifactService(ArtifactDesk desk, SignedUrls urls) {
        this.desk = desk;
        this.urls = urls;
    }

    void register(Twirp twirp) {
        twirp.add(NAME, "CreateArtifact", this::create);
        twirp.add(NAME, "FinalizeArtifact", this::finish);
        twirp.add(NAME, "ListArtifacts", this::list);
        twirp.add(NAME, "GetSignedArtifactURL", this::url);
        twirp.add(NAME, "DeleteArtifact", this::delete);
    }

    private Map<String, Object> create(LiveJob job, Twirp.Body body) throws Twirp.Fault {
        requireOwn(job, body, true);
        var target =
                new Upload.Target.Artifact(
                        body.text("name"), body.text("mime_type"), time(body.text("expires_at")));
        try {
            var upload = desk.begin(job, target);
            return Map.of("ok", true, "signed_upload_url", urls.upload(body.server(), upload));
        } catch (ArtifactDesk.Refused refused) {
            throw new Twirp.Fault(refused.code(), refused.why());
        }
    }

    private static long time(String text) throws Twirp.Fault {
        try {
            return text.isEmpty() ? 0 : Micros.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new Twirp.Fault(Twirp.Code.MALFORMED, "expires_at is no time: " + text);
        }
    }

    private Map<String, Object> finish(LiveJob job, Twirp.Body body) throws Twirp.Fault {
        requireOwn(job, body, true);
        try {
            var size = body.text("size");
            var archive =
                    desk.finish(
                            job,
                            body.text("name"),
                            size.isEmpty() ? -1 : Long.parseLong(size),
                            body.text("hash"));
            return Map.of("ok", true, "artifact_id", Long.toString(archive.number()));
        } catch (NumberFormatException e) {
            throw new Twirp.Fault(Twirp.Code.MALFORMED, "size is no number");
        } catch (ArtifactDesk.Refused refused) {
            throw new Twirp.Fault(refused.code(), refused.why());
        }
    }

    private Map<String, Object> list(LiveJob job, Twirp.Body body) throws Twirp.Fault {
        requireOwn(job, body, false);
        var name = body.maybe("name_filter");
        var number = body.maybe("id_filter");
        return Map.of(
                "artifacts",
                desk.ofRun(job.identity().place().run()).stream()
                        .filter(archive -> name.isEmpty() || name.get().equals(archive.name()))
                        .filter(archive ->
                                number.isEmpty()
                                        || number.get().equals(Long.toString(archive.number())))
                        .map(ArtifactService::json)
                        .toList());
    }

    private static Map<String, Object> json(Archive archive) {
        return Map.of(
                "workflow_run_backend_id",
                archive.origin().run(),
                "workflow_job_run_backend_id",
                archive.origin().job(),
                "database_id",
                Long.toString(archive.number()),
                "name",
                archive.name(),
                "size",
                Long.toString(archive.content().size()),
                "created_at",
                Micros.toInstant(archive.life().createdAt()).toString(),
                "digest",
                archive.content().digest());
    }

    private Map<String, Object> url(LiveJob job, Twirp.Body body) throws Twirp.Fault {
        var archive = found(job, body);
        return Map.of("signed_url", download(urls, body.server(), archive));
    }

    static String download(SignedUrls urls, java.net.URI server, Archive archive) {
        return urls.download(
                server,
                archive.content().digest(),
                new SignedUrls.Label(archive.fileName(), archive.content().mime()));
    }

    private Map<String, Object> delete(LiveJob job, Twirp.Body body) throws Twirp.Fault {
        var archive = found(job, body);
        desk.delete(archive);
        return Map.of("ok", true, "artifact_id", Long.toString(archive.number()));
    }

    private Archive found(LiveJob job, Twirp.Body body) throws Twirp.Fault {
        requireOwn(job, body, false);
        return desk.find(job.identity().place().run(), body.text("name"))
                .orElseThrow(() ->
                        new Twirp.Fault(
                                Twirp.Code.NOT_FOUND,
                                "the run has no artifact '%s'".formatted(body.text("name"))));
    }

    /** A token counts for its own run only, and writes for its own job. */
    private static void requireOwn(LiveJob job, Twirp.Body body, boolean sameJob)
            throws Twirp.Fault {
        var place = job.identity().place();
        boolean own =
                body.text("workflow_run_backend_id").equals(place.run())
                        && (!sameJob
                                || body.text("workflow_job_run_backend_id").equals(place.job()));
        if (!own) {
            throw new Twirp.Fault(
                    Twirp.Code.PERMISSION_DENIED, "the token is of another run or job");
        }
    }
}
