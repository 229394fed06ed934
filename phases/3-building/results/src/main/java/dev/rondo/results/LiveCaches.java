package dev.rondo.results;

import dev.rondo.jobs.JobCaches;
import dev.rondo.phase.Spine;
import dev.rondo.store.Blobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The caches of a job that runs on this server, for the actions that Rondo does itself. */
final class LiveCaches implements JobCaches {

    private final Spine spine;
    private final CacheDesk desk;
    private final Blobs shelf;
    private final LiveJob job;

    LiveCaches(Spine spine, CacheDesk desk, Blobs shelf, LiveJob job) {
        this.spine = spine;
        this.desk = desk;
        this.shelf = shelf;
        this.job = job;
    }

    @Override
    public Optional<String> refusal(List<String> keys) {
        return CacheDesk.refusal(keys, "any");
    }

    @Override
    public Optional<Found> find(List<String> keys, String version) {
        return desk.find(job.identity(), keys, version)
                .flatMap(entry ->
                        shelf.path(entry.digest())
                                .map(file -> new Found(entry.key(), entry.size(), file)));
    }

    @Override
    public boolean taken(String key, String version) {
        return spine.store()
                .read(sql ->
                        CacheStore.exists(
                                sql,
                                job.identity().place().project(),
                                CacheScopes.written(job.identity()),
                                key,
                                version));
    }

    @Override
    public boolean keep(String key, String version, Path file) throws IOException {
        var target = new Upload.Target.Cache(key, version);
        try {
            var upload = desk.begin(job, target);
            upload.take(file);
            desk.finish(job, target, -1);
            return true;
        } catch (ArtifactDesk.Refused refused) {
            return false;
        } catch (Upload.Bad bad) {
            throw new IOException(bad.why(), bad);
        }
    }
}
