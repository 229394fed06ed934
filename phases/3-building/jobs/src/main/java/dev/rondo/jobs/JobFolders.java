package dev.rondo.jobs;

import dev.rondo.sandbox.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folders of one job on the server. Each is a mount of its own, so that a job can replace none
 * of them by a link; the scripts cannot be written by the job.
 *
 * @param mirror brings what lies elsewhere
 */
public record JobFolders(Path root, Path cache, Optional<Path> ownTools, Mirror mirror) {

    private static final List<String> FOLDERS =
            List.of("work", "temp", "home", "files", "actions", "control", "steps");

    /** Empty folders for a job, whatever an earlier one of that name left. */
    static JobFolders make(Workbench bench, JobOrder order) {
        Path jobs = bench.data().resolve("jobs").toAbsolutePath();
        Path root = jobs.resolve(order.id());
        Path cache = bench.data().resolve("caches").resolve(order.project()).toAbsolutePath();
        try {
            delete(root);
            TopOfTrees.make(jobs);
            for (String name : FOLDERS) {
                Files.createDirectories(root.resolve(name));
            }
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(cache.resolve("npm"));
            Files.createDirectories(cache.resolve("tools"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JobFolders(root, cache, bench.tools(), new Mirror());
    }

    public Path work() {
        return root.resolve("work");
    }

    public Path temp() {
        return root.resolve("temp");
    }

    public Path home() {
        return root.resolve("home");
    }

    /** What is below one of the folders, wherever it lies. */
    public SafeTree tree(Path folder) {
        return new SafeTree(folder, mirror);
    }

    /** {@code GITHUB_ENV} and its kin. */
    public Path files() {
        return root.resolve("files");
    }

    /** The files of actions, as {@code owner/name/ref}. */
    public Path actions() {
        return root.resolve("actions");
    }

    /** {@code RUNNER_TOOL_CACHE}. */
    public Path tools() {
        return ownTools.orElseGet(() -> cache.resolve("tools"));
    }

    public Path control() {
        return root.resolve("control");
    }

    public Path steps() {
        return root.resolve("steps");
    }

    public List<Mount> mounts() {
        var mounts = new ArrayList<Mount>();
        for (Path folder : List.of(work(), temp(), home(), files(), actions(), control())) {
            mounts.add(Mount.writable(folder));
        }
        mounts.add(Mount.readOnly(steps()));
        mounts.add(Mount.writable(cache));
        ownTools.ifPresent(folder -> mounts.add(Mount.readOnly(folder)));
        return mounts;
    }

    void delete() {
        try {
            delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes what is in a folder, and makes it where it is not there. */
    public static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var children = Files.list(folder)) {
            for (Path child : children.toList()) {
                delete(child);
            }
        }
    }

    /** Never follows a link; a folder that its owner may not list is opened first. */
    public static void delete(Path root) throws IOException {
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
