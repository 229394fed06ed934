package dev.rondo.containers;

import dev.rondo.containers.Labels.JobName;
import dev.rondo.jobs.InsideNames;
import dev.rondo.jobs.JobFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code volumes} of one job. A named volume belongs to the job and goes with it; a folder of
 * the machine has to lie in the job's own folders, unless jobs are trusted.
 */
final class VolumeMounts {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]+");
    private static final Set<String> MODES = Set.of("ro", "rw", "z", "Z", "");

    private final JobFolders folders;
    private final JobName job;
    private final InsideNames names;
    private final boolean trusted;
    private final Set<String> volumes = new LinkedHashSet<>();

    VolumeMounts(JobFolders folders, JobName job, InsideNames names, boolean trusted) {
        this.folders = folders;
        this.job = job;
        this.names = names;
        this.trusted = trusted;
    }

    /** The volumes that must be made, by their names in the engine. */
    Set<String> volumes() {
        return volumes;
    }

    /** Words for {@code docker create}. */
    List<String> words(String written) {
        List<String> parts = List.of(written.split(":", -1));
        boolean anonymous =
                parts.size() == 1 || (parts.size() == 2 && parts.getLast().equals("ro"));
        String target = anonymous ? parts.getFirst() : parts.get(1);
        String mode = anonymous ? (parts.size() == 2 ? "ro" : "") : third(parts);
        if (parts.size() > 3 || !target.startsWith("/") || !MODES.contains(mode)) {
            throw new IllegalStateException(
                    "'%s' is no volume: write source:destination, with :ro where it is only read"
                            .formatted(written));
        }
        if (anonymous) {
            return List.of("-v", mode.isEmpty() ? target : target + ":" + mode);
        }
        String source = source(written, parts.getFirst());
        return List.of("-v", source + ":" + target + (mode.isEmpty() ? "" : ":" + mode));
    }

    private static String third(List<String> parts) {
        return parts.size() == 3 ? parts.get(2) : "";
    }

    /** The {@code --mount} of docker, with its plain fields. */
    List<String> mount(String written) {
        String type = "volume";
        String source = "";
        String target = "";
        boolean readOnly = false;
        for (String field : written.split(",")) {
            int equals = field.indexOf('=');
            String value = equals < 0 ? "" : field.substring(equals + 1);
            switch (equals < 0 ? field : field.substring(0, equals)) {
                case "type" -> type = value;
                case "source", "src" -> source = value;
                case "target", "dst", "destination" -> target = value;
                case "readonly", "ro" -> readOnly = !value.equals("false");
                default ->
                        throw new IllegalStateException(
                                "'--mount %s': jobs may use type, source, target and readonly"
                                        .formatted(written));
            }
        }
        if (type.equals("tmpfs")) {
            return List.of("--tmpfs", target);
        }
        var parts = new ArrayList<String>();
        if (!source.isEmpty()) {
            parts.add(source);
        }
        parts.add(target);
        if (readOnly) {
            parts.add("ro");
        }
        return words(String.join(":", parts));
    }

    private String source(String written, String source) {
        if (!source.startsWith("/")) {
            if (!NAME.matcher(source).matches()) {
                throw new IllegalStateException(
                        "'%s' is no name of a volume in '%s'".formatted(source, written));
            }
            String name = job.named(source);
            volumes.add(name);
            return name;
        }
        Path folder = Path.of(names.outside(source)).normalize();
        for (Path own : List.of(folders.work(), folders.temp(), folders.home())) {
            if (folder.startsWith(own)) {
                return made(folder);
            }
        }
        if (trusted) {
            return source;
        }
        throw new IllegalStateException(
                ("The volume '%s' mounts a folder of the machine. Jobs may mount what lies in their"
                                + " own workspace; an administrator can allow the rest with"
                                + " containers = \"trusted\".")
                        .formatted(written));
    }

    /** Else the engine would make it, for root. */
    static String made(Path folder) {
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder.toString();
    }
}
