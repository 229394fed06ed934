package dev.rondo.app;

import dev.rondo.store.DataDirectory;
import dev.rondo.store.StoreFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder of runs of one repository on the command line. What is below {@code run} goes with the
 * run; caches and fetched actions stay for the next one. Of two runs at once the second has a
 * temporary folder, and no caches.
 */
final class LocalHome implements AutoCloseable {

    /** Of what the engine keeps: tools and packages, and the repositories of actions. */
    private static final Set<String> STAYS = Set.of("caches", "upstream");

    private final Path root;
    private final Optional<DataDirectory> held;

    private LocalHome(Path root, Optional<DataDirectory> held) {
        this.root = root;
        this.held = held;
    }

    /**
     * @param top the repository's top folder
     */
    static LocalHome of(Path top) throws IOException {
        byte[] place = top.toString().getBytes(StandardCharsets.UTF_8);
        String name = top.getFileName() + "-" + UUID.nameUUIDFromBytes(place).toString();
        Path root = caches().resolve("rondo/runs").resolve(name.substring(name.length() - 36));
        try {
            var held = DataDirectory.open(root);
            var home = new LocalHome(root, Optional.of(held));
            home.clean();
            return home;
        } catch (StoreFailure e) {
            return new LocalHome(Files.createTempDirectory("rondo-run-"), Optional.empty());
        }
    }

    private static Path caches() {
        return Optional.ofNullable(System.getProperty("rondo.cache"))
                .or(() -> Optional.ofNullable(System.getenv("XDG_CACHE_HOME")))
                .filter(value -> value.startsWith("/"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home", "/tmp"), ".cache"));
    }

    /** Whether what is kept here is found by the next run. */
    boolean lasts() {
        return held.isPresent();
    }

    Path root() {
        return root;
    }

    /** A folder that goes with the run. */
    Path passing(String name) throws IOException {
        return Files.createDirectories(root.resolve("run").resolve(name));
    }

    /** A folder that stays. */
    Path lasting(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    private void clean() throws IOException {
        delete(root.resolve("run"));
        delete(root.resolve("blobs/shelf-artifacts"));
        try (var files = Files.list(Files.createDirectories(root.resolve("building")))) {
            for (Path file : files.toList()) {
                if (!STAYS.contains(String.valueOf(file.getFileName()))) {
                    delete(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (held.isPresent()) {
            clean();
            held.get().close();
        } else {
            delete(root);
        }
    }

    /** Never follows a link. */
    static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
                            throws IOException {
                        Files.delete(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
