package dev.rondo.jobs;

import dev.rondo.actions.CommandFile;
import dev.rondo.actions.ExpressionFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files by which one step speaks to its runner. A link in the place of one is not followed. */
final class StepFiles {
    private static final Set<PosixFilePermission> WRITABLE =
            PosixFilePermissions.fromString("rw-rw-rw-");

    private final int place;
    private final Path env;
    private final Path output;
    private final Path path;
    private final Path state;
    private final Path summary;

    StepFiles(JobFolders folders, int place) {
        this.place = place;
        this.env = make(folders, "env-" + place);
        this.output = make(folders, "output-" + place);
        this.path = make(folders, "path-" + place);
        this.state = make(folders, "state-" + place);
        this.summary = make(folders, "summary-" + place);
    }

    private static Path make(JobFolders folders, String name) {
        Path file = folders.files().resolve(name);
        try {
            create(file);
            // Who runs in a container may be anybody; the job's folder keeps all others out.
            Files.setPosixFilePermissions(file, WRITABLE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            JobFolders.delete(file);
            Files.createFile(file);
        }
    }

    /** Which script of the job they are for, from 1. */
    int place() {
        return place;
    }

    Map<String, String> variables() {
        return Map.of(
                "GITHUB_ENV", env.toString(),
                "GITHUB_OUTPUT", output.toString(),
                "GITHUB_PATH", path.toString(),
                "GITHUB_STATE", state.toString(),
                "GITHUB_STEP_SUMMARY", summary.toString());
    }

    /** What a file says, and which word the message about it uses. */
    private Map<String, String> pairs(Path file, String name) {
        try {
            return CommandFile.pairs(read(file, Limits.COMMAND_FILE_BYTES));
        } catch (ExpressionFault e) {
            throw new Broken(name, e.message());
        }
    }

    /** A file is not as it must be: the step fails. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String file;

        Broken(String file, String why) {
            super(why);
            this.file = file;
        }

        String sentence() {
            return "Unable to process file command '" + file + "' successfully.";
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    Map<String, String> outputs() {
        return pairs(output, "output");
    }

    /** All, also those that may not be set. */
    Map<String, String> env() {
        return pairs(env, "env");
    }

    Map<String, String> state() {
        return pairs(state, "state");
    }

    List<String> paths() {
        try {
            var lines = new ArrayList<String>();
            read(path, Limits.COMMAND_FILE_BYTES)
                    .lines()
                    .filter(l -> !l.isBlank())
                    .forEach(lines::add);
            return lines;
        } catch (ExpressionFault e) {
            throw new Broken("path", e.message());
        }
    }

    /** Markdown; empty where there is too much of it. */
    String summary() {
        return summarySize() > Limits.SUMMARY_BYTES ? "" : read(summary, Limits.SUMMARY_BYTES);
    }

    long summarySize() {
        return size(summary);
    }

    /** 0 of what is no file, or not there. */
    private static long size(Path file) {
        try {
            var seen =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return seen.isRegularFile() ? seen.size() : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static String read(Path file, int limit) {
        if (size(file) == 0) {
            return "";
        }
        try (var channel =
                        Files.newByteChannel(
                                file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                var in = Channels.newInputStream(channel)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw ExpressionFault.failed(
                        "The file %s is larger than %d KiB"
                                .formatted(file.getFileName(), limit >> 10));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw ExpressionFault.failed(
                    "The file " + file.getFileName() + " cannot be read: " + e.getMessage());
        }
    }
}
