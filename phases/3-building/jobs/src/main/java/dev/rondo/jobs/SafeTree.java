package dev.rondo.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Walks and reads files of a workspace whose job may still run and change it. Every step goes
 * through an open folder and never through a link, so nothing outside can be reached.
 */
public final class SafeTree {
    private final Path root;
    private final Mirror mirror;
    private boolean brought;

    public SafeTree(Path root) {
        this(root, new Mirror());
    }

    SafeTree(Path root, Mirror mirror) {
        this.root = root;
        this.mirror = mirror;
    }

    /** A regular file; the path is relative, with slashes. */
    public record Entry(String path, long size, boolean executable) {}

    /** What was found; links are named, not followed. */
    public record Listing(List<Entry> files, List<String> links, boolean complete) {}

    public Listing list() throws IOException {
        return list(name -> true);
    }

    /**
     * @param wanted whether to look into folders of this name
     */
    public Listing list(Predicate<String> wanted) throws IOException {
        mirror.bring(root);
        brought = true;
        var walk = new Walk(wanted);
        try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
            walk.folder(secure(top), "", 0);
        }
        walk.files.sort(java.util.Comparator.comparing(Entry::path));
        return new Listing(walk.files, walk.links, walk.complete);
    }

    private static final class Walk {
        final List<Entry> files = new ArrayList<>();
        final List<String> links = new ArrayList<>();
        boolean complete = true;
        private final Predicate<String> wanted;

        Walk(Predicate<String> wanted) {
            this.wanted = wanted;
        }

        void folder(SecureDirectoryStream<Path> folder, String prefix, int depth)
                throws IOException {
            if (depth > Limits.TREE_DEPTH) {
                complete = false;
                return;
            }
            for (Path name : folder) {
                if (files.size() >= Limits.TREE_FILES) {
                    complete = false;
                    return;
                }
                Path leaf = name.getFileName();
                PosixFileAttributes attributes = attributes(folder, leaf);
                String path = prefix + leaf;
                if (attributes.isSymbolicLink()) {
                    links.add(path);
                } else if (attributes.isDirectory()) {
                    if (!wanted.test(leaf.toString())) {
                        continue;
                    }
                    try (SecureDirectoryStream<Path> below =
                            folder.newDirectoryStream(leaf, LinkOption.NOFOLLOW_LINKS)) {
                        folder(below, path + "/", depth + 1);
                    }
                } else if (attributes.isRegularFile()) {
                    files.add(
                            new Entry(
                                    path,
                                    attributes.size(),
                                    attributes
                                            .permissions()
                                            .contains(PosixFilePermission.OWNER_EXECUTE)));
                }
            }
        }
    }

    private static PosixFileAttributes attributes(SecureDirectoryStream<Path> folder, Path leaf)
            throws IOException {
        return folder.getFileAttributeView(
                        leaf, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        throw new IllegalStateException("this file system has no openat");
    }

    /** What is done with the content of a file. */
    @FunctionalInterface
    public interface Use<T> {
        T read(InputStream in) throws IOException;
    }

    /** Opens a file by its relative path, folder by folder. */
    public <T> T read(String path, Use<T> use) throws IOException {
        if (!brought) {
            mirror.bring(root.resolve(path).normalize());
        }
        List<String> parts = List.of(path.split("/", -1));
        try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
            return read(secure(top), parts, use);
        }
    }

    private static <T> T read(SecureDirectoryStream<Path> folder, List<String> parts, Use<T> use)
            throws IOException {
        Path name = Path.of(parts.getFirst());
        if (parts.size() > 1) {
            try (SecureDirectoryStream<Path> below =
                    folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                return read(below, parts.subList(1, parts.size()), use);
            }
        }
        if (!attributes(folder, name).isRegularFile()) {
            throw new IOException(name + " is not a regular file");
        }
        try (var channel =
                folder.newByteChannel(
                        name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            return use.read(Channels.newInputStream(channel));
        }
    }
}
