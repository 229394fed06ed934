package dev.rondo.results;

import dev.rondo.phase.Spine;
import dev.rondo.store.Blobs;
import dev.rondo.store.Micros;
import dev.rondo.store.StoreFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;

/** What one does with artifacts, whether over HTTP or from within. */
final class ArtifactDesk {

    private static final String TAKEN =
            "an artifact with this name already exists on the workflow run";

    private final Spine spine;
    private final Keeping keeping;
    private final Uploads uploads;
    private final Blobs shelf;
    private final ArchiveStore store;

    ArtifactDesk(Spine spine, Keeping keeping, Uploads uploads, Blobs shelf) {
        this.spine = spine;
        this.keeping = keeping;
        this.uploads = uploads;
        this.shelf = shelf;
        this.store = new ArchiveStore(spine.journal());
    }

    /** What was asked for cannot be: the sentence stands in the job's log. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final Twirp.Code code;

        Refused(Twirp.Code code, String why) {
            super(why, null, false, false);
            this.code = code;
        }

        Twirp.Code code() {
            return code;
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /** Opens an upload; one of the same job that was not finished gives way. */
    Upload begin(LiveJob job, Upload.Target.Artifact target) throws Refused {
        var invalid = ArtifactNames.refusal(target.name());
        if (invalid.isPresent()) {
            throw new Refused(Twirp.Code.INVALID_ARGUMENT, invalid.get());
        }
        var run = job.identity().place().run();
        requireFree(run, target.name());
        for (var other : uploads.matching(upload -> isOf(upload, run, target.name()))) {
            if (other.job() != job) {
                throw new Refused(Twirp.Code.ALREADY_EXISTS, TAKEN);
            }
            uploads.end(other);
        }
        return uploads.begin(job, target)
                .orElseThrow(() ->
                        new Refused(
                                Twirp.Code.RESOURCE_EXHAUSTED,
                                "a job may have %d uploads at once"
                                        .formatted(Limits.UPLOADS_OF_A_JOB)));
    }

    private static boolean isOf(Upload upload, String run, String name) {
        return upload.job().identity().place().run().equals(run)
                && upload.target() instanceof Upload.Target.Artifact artifact
                && artifact.name().equals(name);
    }

    private void requireFree(String run, String name) throws Refused {
        boolean taken = spine.store().read(sql -> ArchiveStore.find(sql, run, name)).isPresent();
        if (taken) {
            throw new Refused(Twirp.Code.ALREADY_EXISTS, TAKEN);
        }
        int count = spine.store().read(sql -> ArchiveStore.countOfRun(sql, run));
        if (count >= Limits.ARTIFACTS_OF_A_RUN) {
            throw new Refused(
                    Twirp.Code.RESOURCE_EXHAUSTED,
                    "a run may have %d artifacts".formatted(Limits.ARTIFACTS_OF_A_RUN));
        }
    }

    /**
     * Makes an artifact of what was uploaded.
     *
     * @param size what the client counted, or -1
     * @param digest what the client counted, or empty
     */
    Archive finish(LiveJob job, String name, long size, String digest) throws Refused {
        var upload =
                uploads.find(
                                job,
                                target ->
                                        target instanceof Upload.Target.Artifact artifact
                                                && artifact.name().equals(name))
                        .orElseThrow(() ->
                                new Refused(
                                        Twirp.Code.NOT_FOUND,
                                        "no upload of an artifact '%s' is open".formatted(name)));
        var blob =
                upload.whole()
                        .orElseThrow(() ->
                                new Refused(
                                        Twirp.Code.FAILED_PRECONDITION,
                                        "the artifact '%s' did not arrive whole".formatted(name)));
        if (size >= 0 && size != blob.size()) {
            throw new Refused(
                    Twirp.Code.INVALID_ARGUMENT,
                    "%d bytes were announced and %d arrived".formatted(size, blob.size()));
        }
        if (!digest.isEmpty() && !digest.equals(blob.digest())) {
            throw new Refused(
                    Twirp.Code.INVALID_ARGUMENT,
                    "%s was announced and %s arrived".formatted(digest, blob.digest()));
        }
        var archive = add(job, (Upload.Target.Artifact) upload.target(), blob);
        uploads.end(upload);
        return archive;
    }

    /** Takes over a ZIP from within the server. */
    Archive keep(LiveJob job, Upload.Target.Artifact target, java.nio.file.Path zip)
            throws Refused, IOException {
        var upload = begin(job, target);
        try {
            upload.take(zip);
        } catch (Upload.Bad e) {
            throw new Refused(Twirp.Code.INVALID_ARGUMENT, e.why());
        } catch (StoreFailure e) {
            uploads.end(upload);
            throw e;
        }
        return finish(job, target.name(), -1, "");
    }

    private Archive add(LiveJob job, Upload.Target.Artifact target, Blobs.Blob blob)
            throws Refused {
        var place = job.identity().place();
        var origin =
                new Archive.Origin(
                        place.project(),
                        place.run(),
                        place.number(),
                        place.job(),
                        job.identity().source().ref(),
                        job.identity().source().sha());
        var mime = target.mime().isEmpty() ? "application/zip" : target.mime();
        var content =
                new Archive.Content(blob.digest(), blob.size(), files(blob.digest(), mime), mime);
        long expires = expires(job.identity().place().project(), target.expires());
        var added =
                spine.store()
                        .write(tx ->
                                ArchiveStore.find(tx.sql(), place.run(), target.name()).isPresent()
                                        ? Optional.<Archive>empty()
                                        : Optional.of(
                                                store.add(
                                                        tx,
                                                        origin,
                                                        target.name(),
                                                        content,
                                                        expires)));
        return added.orElseThrow(() -> new Refused(Twirp.Code.ALREADY_EXISTS, TAKEN));
    }

    private int files(String digest, String mime) throws Refused {
        if (!mime.endsWith("zip") && !mime.equals("application/x-zip-compressed")) {
            return 1;
        }
        var path = shelf.path(digest).orElseThrow();
        try (var zip = new ZipFile(path.toFile())) {
            return zip.size();
        } catch (IOException e) {
            throw new Refused(
                    Twirp.Code.INVALID_ARGUMENT, "what arrived is no ZIP: " + e.getMessage());
        }
    }

    /** When an artifact goes: as asked for, but no later than is usual. */
    private long expires(String project, long asked) {
        long usual = Micros.now() + micros(keeping.of(project).artifacts().time());
        return asked <= 0 ? usual : Math.min(asked, usual);
    }

    static long micros(Duration time) {
        return time.toMillis() * 1000;
    }

    List<Archive> ofRun(String run) {
        return spine.store().read(sql -> ArchiveStore.ofRun(sql, run));
    }

    Optional<Archive> find(String run, String name) {
        return spine.store()
                .read(sql -> ArchiveStore.find(sql, run, name))
                .filter(archive -> !archive.life().expired());
    }

    void delete(Archive archive) {
        spine.store().update(tx -> ArchiveStore.delete(tx, archive.number()));
        drop(archive.content().digest());
    }

    /** Lets go of a file that no artifact needs any more; one that just came stays for a while. */
    void drop(String digest) {
        boolean needed = spine.store().read(sql -> ArchiveStore.needs(sql, digest));
        if (!needed) {
            shelf.drop(digest, Sweeper.settled());
        }
    }
}
