package dev.rondo.results;

import dev.rondo.jobs.JobArtifacts;
import dev.rondo.jobs.JobCaches;
import dev.rondo.phase.Spine;
import dev.rondo.store.Blobs;
import dev.rondo.store.Tx;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What running jobs call. Order of calls: {@link #routes} once, {@link #start}; then for each job
 * {@link #begin} and, at its end, {@link LiveJob#close}; {@link #stop}.
 */
public final class Results {

    private final Spine spine;
    private final Keeping keeping;
    private final JobTokens tokens;
    private final Uploads uploads;
    private final ArtifactDesk artifacts;
    private final CacheDesk caches;
    private final Twirp twirp;
    private final BlobGate gate;
    private final IdentityTokens identity;
    private final ActionsApi api;
    private final StoragePages pages;
    private final Sweeper sweeper;

    public Results(Spine spine, Retention retention, RunLogs logs) {
        this.spine = spine;
        Blobs artifactShelf = spine.blobs().shelf("artifacts");
        Blobs cacheShelf = spine.blobs().shelf("caches");
        this.keeping = new Keeping(spine.store(), retention);
        var keys = JobKeys.open(spine.data(), spine.secrets());
        var urls = new SignedUrls(keys);
        this.tokens = new JobTokens(keys);
        this.uploads = new Uploads(spine.data().resolve("uploads"), artifactShelf, cacheShelf);
        this.artifacts = new ArtifactDesk(spine, keeping, uploads, artifactShelf);
        this.caches = new CacheDesk(spine, keeping, uploads, cacheShelf);
        var way = new WayIn(spine.sandbox());
        this.twirp = new Twirp(tokens, way);
        new ArtifactService(artifacts, urls).register(twirp);
        new CacheService(caches, urls).register(twirp);
        this.gate = new BlobGate(urls, uploads, spine.blobs());
        this.identity = new IdentityTokens(spine.publicUrl(), keys, tokens);
        this.api = new ActionsApi(spine, artifacts, caches, urls);
        this.pages = new StoragePages(spine, keeping, caches, logs);
        this.sweeper = new Sweeper(spine, keeping, artifactShelf, cacheShelf, logs);
    }

    public void routes(Routes routes) {
        twirp.register(routes);
        gate.register(routes);
        identity.register(routes);
        api.register(routes);
        pages.register(routes);
    }

    public List<MenuEntry> menu() {
        return pages.menu();
    }

    /** How many days an artifact of a project is kept at most, and where nothing else is said. */
    public long artifactDays(Handle sql, String project) {
        return Math.max(1, keeping.of(sql, project).artifacts().time().toDays());
    }

    public void start() {
        sweeper.start();
    }

    public void stop() {
        sweeper.stop();
        tokens.all().forEach(LiveJob::close);
    }

    /** Takes up the caches that {@link #writeCaches} left; without that file there are none. */
    public void readCaches(Path file) throws IOException {
        new CacheLedger(spine.store()).read(file);
        sweeper.sweep(Instant.now());
    }

    /** For a process whose database goes with it, while the files of caches stay. */
    public void writeCaches(Path file) throws IOException {
        new CacheLedger(spine.store()).write(file);
    }

    /**
     * Puts the artifacts of a run into a folder, as files of their names.
     *
     * @return the names of the files
     */
    public List<String> copyArtifacts(String run, Path folder) throws IOException {
        var names = new ArrayList<String>();
        for (Archive archive : spine.store().read(sql -> ArchiveStore.ofRun(sql, run))) {
            var file = spine.blobs().path(archive.content().digest());
            if (file.isPresent()) {
                Files.createDirectories(folder);
                Files.copy(
                        file.get(),
                        folder.resolve(archive.fileName()),
                        StandardCopyOption.REPLACE_EXISTING);
                names.add(archive.fileName());
            }
        }
        return names;
    }

    /** A job that runs on this machine begins: it gets its tokens. */
    public LiveJob begin(JobIdentity job) {
        return begin(job, spine.sandbox().serverInside().orElse(spine.publicUrl()));
    }

    /**
     * A job begins. What an earlier try of it left is gone.
     *
     * @param server where its steps reach this Rondo, without a slash at the end
     */
    public LiveJob begin(JobIdentity job, URI server) {
        var place = job.place();
        spine.store().update(tx -> ArchiveStore.deleteOfJob(tx, place.run(), place.job()));
        var loan = spine.access().tokens().lend(LiveJob.caller(job));
        var live = new LiveJob(job, server, loan, tokens, desks());
        tokens.add(live);
        live.atEnd(() -> tokens.remove(live));
        live.atEnd(() -> uploads.endAll(live));
        return live;
    }

    private LiveJob.Desks desks() {
        return new LiveJob.Desks() {
            @Override
            public JobArtifacts artifacts(LiveJob job) {
                return new LiveArtifacts(spine, artifacts, job);
            }

            @Override
            public JobCaches caches(LiveJob job) {
                return new LiveCaches(spine, caches, spine.blobs().shelf("caches"), job);
            }
        };
    }

    /** A release needs these files for as long as one may go back to it. */
    public void keep(Tx tx, String project, String release, Collection<String> digests) {
        digests.forEach(digest -> ArchiveStore.keep(tx, project, digest, release));
    }

    /** A run that repeats another takes over the artifacts of the jobs that it does not repeat. */
    public void carry(Tx tx, String from, String to, long toNumber, Collection<String> jobs) {
        for (var archive : ArchiveStore.ofRun(tx.sql(), from)) {
            if (jobs.contains(archive.origin().job())) {
                ArchiveStore.copy(tx, archive, to, toNumber);
            }
        }
    }

    /** Where a caller can follow an address to: a job has its own way to this Rondo. */
    public static URI server(Spine spine, Visit visit) {
        return visit.caller().grant().isPresent()
                ? new WayIn(spine.sandbox())
                        .of(visit, spine.sandbox().serverInside().orElse(spine.publicUrl()))
                : spine.publicUrl();
    }

    /** A run is deleted, and its artifacts with it: but not those that a release needs. */
    public void forget(Tx tx, String run) {
        ArchiveStore.deleteOfRun(tx, run);
    }

    ArtifactDesk artifacts() {
        return artifacts;
    }

    CacheDesk caches() {
        return caches;
    }

    Uploads uploads() {
        return uploads;
    }

    Sweeper sweeper() {
        return sweeper;
    }
}
