package dev.rondo.kubernetes;

import dev.rondo.jobs.JobFolders;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the folders of a job here and in its pod alike, as far as anybody looks: what the server
 * wrote goes there before a step, what the job wrote comes when it is asked for. Each file has the
 * same path on both sides. What comes is not trusted.
 */
final class PodFiles {
    /** Type and rights, size, time of change, number and path of each, a line each. */
    private static final String LIST =
            "[ -e \"$1\" ] || [ -L \"$1\" ] || exit 0;"
                    + " find \"$1\" \\( -type f -o -type l -o -type d \\)"
                    + " -exec stat -c '%f %s %Z %i %n' {} +";

    private static final String TAKE =
            "list=$(head -c \"$1\") || exit 1; set --;"
                    + " while IFS= read -r file; do set -- \"$@\" \"$file\"; done <<END\n$list\nEND\n"
                    + "tar -cf - -C / \"$@\" 2>/dev/null; :";

    /** So many bytes of names are given one by one; where it is more, the whole folder comes. */
    private static final int NAMES = 16 << 10;

    private static final String PUT = "head -c \"$1\" | tar -xf - -C /";

    private final JobFolders folders;
    private final Remote remote;
    private final Map<Path, String> sent = new HashMap<>();
    private final Map<Path, String> seen = new HashMap<>();

    PodFiles(JobFolders folders, Remote remote) {
        this.folders = folders;
        this.remote = remote;
    }

    /** Brings there what is new here. */
    synchronized void send() throws InterruptedException {
        try {
            var changed = new ArrayList<Path>();
            for (Path folder : own()) {
                changed(folder, changed);
            }
            if (changed.isEmpty()) {
                return;
            }
            Path archive = Files.createTempFile(folders.root(), "send", ".tar");
            try {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
                    Tars.write(changed, out);
                }
                try (InputStream in = Files.newInputStream(archive)) {
                    String size = String.valueOf(Files.size(archive));
                    remote.run(in, OutputStream.nullOutputStream(), "sh", "-c", PUT, "sh", size);
                }
            } finally {
                Files.deleteIfExists(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> own() {
        return List.of(
                folders.work(),
                folders.temp(),
                folders.home(),
                folders.files(),
                folders.actions(),
                folders.steps());
    }

    private void changed(Path folder, List<Path> changed) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes found) {
                        if (!dir.equals(folder) && sent.put(dir, "") == null) {
                            changed.add(dir);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
                        String stamp = stamp(found);
                        if (!stamp.equals(sent.put(file, stamp))) {
                            changed.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** Of a file here. */
    private static String stamp(BasicFileAttributes found) {
        return found.size() + " " + found.lastModifiedTime() + " " + found.fileKey();
    }

    /** Removes a file there; here it has gone already. */
    void forget(Path file) throws InterruptedException {
        remote.ask("rm", "-f", file.toString());
    }

    /** Brings here what is new there, and removes what is not there any more. */
    synchronized void bring(Path path) throws InterruptedException {
        var there = new TreeMap<Path, String>();
        for (String line : remote.ask("sh", "-c", LIST, "sh", path.toString()).split("\n")) {
            String[] parts = line.split(" ", 5);
            if (parts.length == 5 && parts[0].matches("[0-9a-f]{1,8}")) {
                Path file = Path.of(parts[4]);
                if (file.normalize().startsWith(path) && file.equals(file.normalize())) {
                    there.put(file, line);
                }
            }
        }
        try {
            remove(path, there);
            var wanted = new ArrayList<Path>();
            there.forEach((file, line) -> {
                boolean folder = (Integer.parseInt(line.split(" ", 2)[0], 16) & 0170000) == 0040000;
                if (!line.equals(seen.put(file, line)) && !folder) {
                    wanted.add(file);
                }
                if (folder) {
                    sent.put(file, "");
                }
            });
            take(path, wanted);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The files of the job cannot be brought from its pod: " + e.getMessage(), e);
        }
    }

    private static byte[] names(List<Path> files) {
        var names = new StringBuilder();
        files.forEach(
                file -> names.append(file.toString(), 1, file.toString().length()).append('\n'));
        return names.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void remove(Path path, Map<Path, String> there) throws IOException {
        var gone = new ArrayList<Path>();
        seen.keySet().stream()
                .filter(file -> file.startsWith(path) && !there.containsKey(file))
                .forEach(gone::add);
        for (Path file : gone) {
            seen.remove(file);
            sent.remove(file);
            JobFolders.delete(file);
        }
        if (there.isEmpty() && !own().contains(path)) {
            JobFolders.delete(path);
        }
    }

    private void take(Path path, List<Path> wanted) throws IOException, InterruptedException {
        if (wanted.isEmpty()) {
            return;
        }
        byte[] list = names(wanted);
        if (list.length > NAMES) {
            list = names(List.of(path));
        }
        Path archive = Files.createTempFile(folders.root(), "bring", ".tar");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
                remote.run(
                        new ByteArrayInputStream(list),
                        out,
                        "sh",
                        "-c",
                        TAKE,
                        "sh",
                        String.valueOf(list.length));
            }
            try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
                Tars.read(in, folders.root(), wanted);
            }
        } finally {
            Files.deleteIfExists(archive);
        }
        for (Path file : wanted) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                sent.put(
                        file,
                        stamp(
                                Files.readAttributes(
                                        file,
                                        BasicFileAttributes.class,
                                        LinkOption.NOFOLLOW_LINKS)));
            }
        }
    }
}
