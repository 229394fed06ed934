package dev.rondo.results;

import dev.rondo.phase.Spine;
import dev.rondo.store.Blobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one does with caches, whether over HTTP or from within. */
final class CacheDesk {

    private final Spine spine;
    private final Keeping keeping;
    private final Uploads uploads;
    private final Blobs shelf;

    CacheDesk(Spine spine, Keeping keeping, Uploads uploads, Blobs shelf) {
        this.spine = spine;
        this.keeping = keeping;
        this.uploads = uploads;
        this.shelf = shelf;
    }

    /** Why a key cannot be one, in the words of GitHub's client. */
    static Optional<String> refusal(List<String> keys, String version) {
        if (keys.size() > Limits.CACHE_KEYS) {
            return Optional.of(
                    "Key Validation Error: Keys are limited to a maximum of %d."
                            .formatted(Limits.CACHE_KEYS));
        }
        for (String key : keys) {
            if (key.length() > Limits.CACHE_KEY) {
                return Optional.of(
                        "Key Validation Error: %s… cannot be larger than %d characters."
                                .formatted(key.substring(0, 40), Limits.CACHE_KEY));
            }
            if (key.isEmpty()) {
                return Optional.of("Key Validation Error: a key cannot be empty.");
            }
            if (key.contains(",")) {
                return Optional.of(
                        "Key Validation Error: %s cannot contain commas.".formatted(key));
            }
        }
        return version.isEmpty() || version.length() > Limits.CACHE_VERSION
                ? Optional.of(
                        "the version of a cache has 1 to " + Limits.CACHE_VERSION + " characters")
                : Optional.empty();
    }

    /** Reserves a key; refused when it is taken, or another job is about to. */
    Upload begin(LiveJob job, Upload.Target.Cache target) throws ArtifactDesk.Refused {
        var place = job.identity().place();
        var ref = CacheScopes.written(job.identity());
        boolean taken =
                spine.store()
                        .read(sql ->
                                CacheStore.exists(
                                        sql, place.project(), ref, target.key(), target.version()));
        var others =
                uploads.matching(upload ->
                        upload.target().equals(target)
                                && upload.job().identity().place().project().equals(place.project())
                                && CacheScopes.written(upload.job().identity()).equals(ref));
        if (taken || others.stream().anyMatch(upload -> upload.job() != job)) {
            throw new ArtifactDesk.Refused(
                    Twirp.Code.ALREADY_EXISTS,
                    "cache entry with the same key, version, and scope already exists");
        }
        others.forEach(uploads::end);
        return uploads.begin(job, target)
                .orElseThrow(() ->
                        new ArtifactDesk.Refused(
                                Twirp.Code.RESOURCE_EXHAUSTED,
                                "a job may have %d uploads at once"
                                        .formatted(Limits.UPLOADS_OF_A_JOB)));
    }

    CacheEntry finish(LiveJob job, Upload.Target.Cache target, long size)
            throws ArtifactDesk.Refused {
        var upload =
                uploads.find(job, target::equals)
                        .orElseThrow(() ->
                                new ArtifactDesk.Refused(
                                        Twirp.Code.NOT_FOUND, "no upload of this cache is open"));
        var blob =
                upload.whole()
                        .orElseThrow(() ->
                                new ArtifactDesk.Refused(
                                        Twirp.Code.FAILED_PRECONDITION,
                                        "the cache did not arrive whole"));
        if (size >= 0 && size != blob.size()) {
            throw new ArtifactDesk.Refused(
                    Twirp.Code.INVALID_ARGUMENT,
                    "%d bytes were announced and %d arrived".formatted(size, blob.size()));
        }
        var gone = new ArrayList<CacheEntry>();
        var project = job.identity().place().project();
        var ref = CacheScopes.written(job.identity());
        long most = keeping.of(project).caches().bytes();
        var added =
                spine.store()
                        .write(tx -> {
                            var entry = CacheStore.add(tx, project, ref, target, blob);
                            gone.addAll(CacheStore.evict(tx, project, most));
                            return entry;
                        });
        uploads.end(upload);
        gone.forEach(entry -> drop(entry.digest()));
        return added.orElseThrow(() ->
                new ArtifactDesk.Refused(
                        Twirp.Code.ALREADY_EXISTS,
                        "cache entry with the same key, version, and scope already exists"));
    }

    /** The best cache for these keys, noted as used. */
    Optional<CacheEntry> find(JobIdentity job, List<String> keys, String version) {
        var project = job.place().project();
        var refs = CacheScopes.read(job);
        var found =
                spine.store()
                        .read(sql -> CacheStore.find(sql, project, refs, keys, version))
                        .filter(entry -> shelf.path(entry.digest()).isPresent());
        found.ifPresent(entry -> spine.store().update(tx -> CacheStore.used(tx, entry)));
        return found;
    }

    void delete(CacheEntry entry) {
        spine.store().update(tx -> CacheStore.delete(tx, entry));
        drop(entry.digest());
    }

    void drop(String digest) {
        boolean needed = spine.store().read(sql -> CacheStore.needs(sql, digest));
        if (!needed) {
            shelf.drop(digest, Sweeper.settled());
        }
    }
}
