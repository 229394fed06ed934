package dev.rondo.jobs;

import dev.rondo.actions.PathGlobs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;

/**
 * {@code actions/upload-artifact} with the inputs and outputs of v4 (its action.yml and
 * src/upload).
 */
public final class UploadArtifact implements NativeAction {

    private final JobArtifacts artifacts;

    public UploadArtifact(JobArtifacts artifacts) {
        this.artifacts = artifacts;
    }

    private static PathGlobs globs(String path, JobFolders folders) throws Failed {
        return switch (PathGlobs.read(path, folders.work().toString(), folders.home().toString())) {
            case PathGlobs.Reading.Good good -> good.globs();
            case PathGlobs.Reading.Bad bad -> throw new Failed(bad.why());
        };
    }

    @Override
    public void run(ActionSetting setting) throws Failed, IOException, InterruptedException {
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
        var globs = globs(path, setting.folders());
        boolean hidden = setting.isTrue("include-hidden-files", false);
        var finding = new ArtifactFiles(setting, globs, hidden);
        List<ZipFiles.Packed> files = finding.find();
        if (files.isEmpty()) {
            nothing(setting, path, missing);
            return;
        }
        setting.log()
                .line(
                        "With the provided path, there will be %d file%s uploaded"
                                .formatted(files.size(), files.size() == 1 ? "" : "s"));
        var refused = artifacts.refusal(name, overwrite);
        if (refused.isPresent()) {
            throw new Failed(refused.get());
        }
        upload(setting, files, level, new Wanted(name, Math.min(days, most), overwrite));
        finding.forget();
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

    private record Wanted(String name, int days, boolean overwrite) {}

    private void upload(
            ActionSetting setting, List<ZipFiles.Packed> files, int level, Wanted wanted)
            throws Failed, IOException {
        long total = files.stream().mapToLong(packed -> packed.file().size()).sum();
        if (total > Limits.ARCHIVE_BYTES) {
            throw new Failed(
                    "The artifact has %d bytes; at most %d are allowed"
                            .formatted(total, Limits.ARCHIVE_BYTES));
        }
        // beside the folders that the job sees, so that nothing in it can be changed any more
        var zip = setting.folders().root().resolve("upload-" + UUID.randomUUID());
        try {
            ZipFiles.pack(files, level, zip);
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
