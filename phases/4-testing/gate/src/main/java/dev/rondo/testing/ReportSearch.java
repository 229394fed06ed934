package dev.rondo.testing;

import dev.rondo.testing.reports.Unreadable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Turns what stands on the command line into files. Symbolic links in folders are not followed. */
final class ReportSearch {
    private static final int MOST_FILES = 100_000;
    private static final Set<String> LEFT_OUT = Set.of("node_modules", ".git");
    private static final Pattern REPORT = Pattern.compile(".*\\.(xml|info|json|sarif|lcov)");

    private final Path directory;

    ReportSearch(Path directory) {
        this.directory = directory;
    }

    /**
     * @param name as shown to the user
     * @param named the user named it himself, so it has to be a report
     */
    record Found(String name, Path path, boolean named) {}

    /** The files that a name stands for, in order of their names; none where nothing matches. */
    List<Found> find(String name) {
        Path path;
        try {
            path = directory.resolve(name);
            if (Files.isRegularFile(path)) {
                return List.of(new Found(name, path, true));
            }
            if (Files.isDirectory(path)) {
                return folder(name, path);
            }
            if (Files.exists(path)) {
                throw new Unreadable("testing.report.special");
            }
        } catch (InvalidPathException e) {
            // a glob may have characters that a path may not
        }
        if (PathGlob.isGlob(name)) {
            return glob(name);
        }
        throw new Unreadable("testing.report.missing");
    }

    private List<Found> folder(String name, Path folder) {
        var found = new ArrayList<Found>();
        walk(
                folder,
                (file, relative) -> {
                    if (REPORT.matcher(relative.toLowerCase(Locale.ROOT)).matches()) {
                        found.add(new Found(name(name, relative), file, false));
                    }
                });
        return sorted(found);
    }

    private static String name(String folder, String relative) {
        return folder.equals(".") ? relative : folder.replaceFirst("/+$", "") + "/" + relative;
    }

    private List<Found> glob(String name) {
        int fixed = PathGlob.fixedPrefix(name);
        var prefix = name.substring(0, fixed);
        var start = directory.resolve(prefix);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        var glob = PathGlob.of(name.substring(fixed));
        var found = new ArrayList<Found>();
        walk(
                start,
                (file, relative) -> {
                    if (glob.matches(relative)) {
                        found.add(new Found(prefix + relative, file, true));
                    }
                });
        return sorted(found);
    }

    private static List<Found> sorted(List<Found> found) {
        found.sort(Comparator.comparing(Found::name));
        return found;
    }

    private static void walk(Path start, BiConsumer<Path, String> each) {
        try {
            Files.walkFileTree(start, new Walk(start, each));
        } catch (IOException e) {
            throw new Unreadable("testing.report.io", reason(e));
        }
    }

    /** An exception of files often says nothing but the name. */
    static String reason(IOException e) {
        return e instanceof NoSuchFileException
                ? "not found"
                : e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path start;
        private final BiConsumer<Path, String> each;
        private int files;

        Walk(Path start, BiConsumer<Path, String> each) {
            this.start = start;
            this.each = each;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            var name = folder.getFileName();
            return name != null && !folder.equals(start) && LEFT_OUT.contains(name.toString())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (++files > MOST_FILES) {
                throw new Unreadable("testing.report.folder", MOST_FILES);
            }
            if (attributes.isRegularFile()) {
                each.accept(file, start.relativize(file).toString().replace('\\', '/'));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
