package dev.rondo.building;

import dev.rondo.sandbox.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * The folders of one job on the server. Each is a mount of its own, so that a job can replace none
 * of them by a link; the scripts cannot be written by the job.
 */
record JobFolders(Path root, Path cache) {

    static JobFolders make(Path data, String run, String job, String project) {
        Path root = data.resolve("jobs").resolve(run + "-" + job).toAbsolutePath();
        Path cache = data.resolve("caches").resolve(project).toAbsolutePath();
        try {
            delete(root);
            for (String name : List.of("work", "temp", "home", "files", "control", "steps")) {
                Files.createDirectories(root.resolve(name));
            }
            Files.createDirectories(cache.resolve("npm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JobFolders(root, cache);
    }

    Path work() {
        return root.resolve("work");
    }

    Path temp() {
        return root.resolve("temp");
    }

    Path home() {
        return root.resolve("home");
    }

    /** {@code GITHUB_ENV} and its kin. */
    Path files() {
        return root.resolve("files");
    }

    Path control() {
        return root.resolve("control");
    }

    Path steps() {
        return root.resolve("steps");
    }

    List<Mount> mounts() {
        return List.of(
                Mount.writable(work()),
                Mount.writable(temp()),
                Mount.writable(home()),
                Mount.writable(files()),
                Mount.writable(control()),
                Mount.readOnly(steps()),
                Mount.writable(cache));
    }

    void delete() {
        try {
            delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes what is in a folder, and makes it where it is not there. */
    static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var children = Files.list(folder)) {
            for (Path child : children.toList()) {
                delete(child);
            }
        }
    }

    /** Never follows a link; a folder that its owner may not list is opened first. */
    static void delete(Path root) throws IOException {
        if (!Files.exists(root, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                        dir.toFile().setWritable(true);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path dir, @org.jspecify.annotations.Nullable IOException e)
                            throws IOException {
                        Files.delete(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
