package dev.rondo.results;

import dev.rondo.store.Blobs;
import dev.rondo.store.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/** All files that are on their way in. Those of a former process are swept at the start. */
final class Uploads {

    private final Path root;
    private final Blobs artifacts;
    private final Blobs caches;
    private final ConcurrentMap<String, Upload> open = new ConcurrentHashMap<>();

    Uploads(Path root, Blobs artifacts, Blobs caches) {
        this.root = root;
        this.artifacts = artifacts;
        this.caches = caches;
        sweep();
    }

    private void sweep() {
        try {
            Files.createDirectories(root);
            try (var files = Files.walk(root)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    if (!file.equals(root)) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when the job has too many open ones. */
    Optional<Upload> begin(LiveJob job, Upload.Target target) {
        if (of(job).size() >= Limits.UPLOADS_OF_A_JOB) {
            return Optional.empty();
        }
        var id = Ids.next();
        var shelf =
                switch (target) {
                    case Upload.Target.Artifact artifact -> artifacts;
                    case Upload.Target.Cache cache -> caches;
                };
        var upload = new Upload(id, job, target, root.resolve(id), shelf);
        open.put(id, upload);
        return Optional.of(upload);
    }

    Optional<Upload> find(String id) {
        return Optional.ofNullable(open.get(id));
    }

    /** The open one of a job that fits. */
    Optional<Upload> find(LiveJob job, Predicate<Upload.Target> wanted) {
        return of(job).stream()
                .filter(upload -> wanted.test(upload.target()))
                .max(Comparator.comparing(Upload::id));
    }

    /** Whether any job is uploading what fits. */
    List<Upload> matching(Predicate<Upload> wanted) {
        return open.values().stream().filter(wanted).toList();
    }

    private List<Upload> of(LiveJob job) {
        return open.values().stream().filter(upload -> upload.job() == job).toList();
    }

    void end(Upload upload) {
        open.remove(upload.id());
        upload.close();
    }

    void endAll(LiveJob job) {
        of(job).forEach(this::end);
    }
}
