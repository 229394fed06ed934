package dev.rondo.jobs;

import dev.rondo.actions.PathGlobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * {@code actions/upload-artifact} with the inputs and outputs of v4 (its action.yml and
 * src/upload). Of links it takes nothing, because it runs outside of the job.
 */
public final class UploadArtifact implements NativeAction {

    private final JobArtifacts artifacts;

    public UploadArtifact(JobArtifacts artifacts) {
        this.artifacts = artifacts;
    }

    private static PathGlobs globs(String path, Path work) throws Failed {
        return switch (PathGlobs.read(path, work.toString())) {
            case PathGlobs.Reading.Good good -> good.globs();
            case PathGlobs.Reading.Bad bad ->
                    throw new Failed(
                            "The artifact path '" + bad.pattern() + "' is refused: " + bad.why());
        };
    }

    @Override
    public void run(ActionSetting setting) throws Failed, IOException {
        String path = setting.input("path", "");
        if (path.isEmpty()) {
            throw new Failed("Input required and not supplied: path");
        }
        String name = setting.input("name", "artifact");
        String missing = setting.input("if-no-files-found", "warn");
        if (!List.of("warn", "error", "ignore").contains(missing)) {
            throw new Failed(
                    "Unrecognized ifNoFilesFound input. Provided: %s. Available options: warn,error,ignore"
                            .formatted(missing));
        }
        int level = number(setting, "compression-level", 6, 9);
        int days = number(setting, "retention-days", 0, Integer.MAX_VALUE);
        int most = mostDays(setting);
        if (days > most) {
            setting.log()
                    .warning(
                            "Retention days cannot be greater than the maximum allowed retention set"
                                    + " within the repository. Using "
                                    + most
                                    + " instead.");
        }
        boolean overwrite = setting.isTrue("overwrite", false);
        var work = setting.workspace();
        PathGlobs globs = globs(path, work);
        var tree = setting.folders().tree(work);
        SafeTree.Listing listing = tree.list();
        boolean hidden = setting.isTrue("include-hidden-files", false);
        List<SafeTree.Entry> files =
                listing.files().stream()
                        .filter(file -> globs.matches(file.path()))
                        .filter(file -> hidden || !("/" + file.path()).contains("/."))
                        .toList();
        if (files.isEmpty()) {
            nothing(setting, path, missing);
            return;
        }
        long links = listing.links().stream().filter(globs::matches).count();
        if (links > 0) {
            setting.log().line("Symbolic links are left out: " + links);
        }
        setting.log()
                .line(
                        "With the provided path, there will be %d file%s uploaded"
                                .formatted(files.size(), files.size() == 1 ? "" : "s"));
        var refused = artifacts.refusal(name, overwrite);
        if (refused.isPresent()) {
            throw new Failed(refused.get());
        }
        String base = globs.base(files.stream().map(SafeTree.Entry::path).toList());
        upload(
                setting,
                new Packing(tree, files, base.isEmpty() ? 0 : base.length() + 1, level),
                new Wanted(name, Math.min(days, most), overwrite));
    }

    /** What the project allows, or as much as is asked for where nothing says so. */
    private static int mostDays(ActionSetting setting) {
        String days = setting.github().at("retention_days").text();
        return days.matches("[0-9]{1,6}") ? Integer.parseInt(days) : Integer.MAX_VALUE;
    }

    private static int number(ActionSetting setting, String input, int otherwise, int most)
            throws Failed {
        String text = setting.input(input, String.valueOf(otherwise));
        if (!text.matches("[0-9]{1,9}")) {
            throw new Failed("Invalid " + input);
        }
        int number = Integer.parseInt(text);
        if (number > most) {
            throw new Failed("Invalid %s. Valid values are 0-%d".formatted(input, most));
        }
        return number;
    }

    private static void nothing(ActionSetting setting, String path, String missing) throws Failed {
        String text =
                "No files were found with the provided path: "
                        + path
                        + ". No artifacts will be uploaded.";
        switch (missing) {
            case "error" -> throw new Failed(text);
            case "ignore" -> setting.log().line(text);
            default -> setting.log().warning(text);
        }
    }

    private record Packing(SafeTree tree, List<SafeTree.Entry> files, int cut, int level) {}

    private record Wanted(String name, int days, boolean overwrite) {}

    private void upload(ActionSetting setting, Packing packing, Wanted wanted)
            throws Failed, IOException {
        long total = packing.files().stream().mapToLong(SafeTree.Entry::size).sum();
        if (total > Limits.ARCHIVE_BYTES) {
            throw new Failed(
                    "The artifact has %d bytes; at most %d are allowed"
                            .formatted(total, Limits.ARCHIVE_BYTES));
        }
        // beside the folders that the job sees, so that nothing in it can be changed any more
        var zip = setting.folders().root().resolve("upload-" + UUID.randomUUID());
        try {
            ZipFiles.pack(packing.tree(), packing.files(), packing.cut(), packing.level(), zip);
            var stored = artifacts.keep(wanted.name(), wanted.days(), wanted.overwrite(), zip);
            setting.log()
                    .line(
                            "Artifact %s has been successfully uploaded! Final size is %d bytes. Artifact ID is %d"
                                    .formatted(stored.name(), stored.size(), stored.id()));
            setting.log().line("SHA256 digest of uploaded artifact is " + hex(stored.digest()));
            setting.output("artifact-id", Long.toString(stored.id()));
            setting.output("artifact-digest", hex(stored.digest()));
            setting.output("artifact-url", artifacts.page(stored));
            setting.log().line("Artifact download URL: " + artifacts.page(stored));
        } catch (JobArtifacts.Refused refused) {
            throw new Failed(refused.sentence());
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    private static String hex(String digest) {
        return digest.replaceFirst("^sha256:", "");
    }
}
