package dev.rondo.jobs;

import dev.rondo.actions.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code actions/download-artifact} with the inputs and outputs of v4 and v5 (its action.yml and
 * src/download-artifact.ts). The files are unpacked inside the job, by its own tar.
 */
public final class DownloadArtifact implements NativeAction {

    private final JobArtifacts artifacts;

    public DownloadArtifact(JobArtifacts artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public void run(ActionSetting setting) throws Failed, IOException, InterruptedException {
        String name = setting.input("name", "");
        String ids = setting.input("artifact-ids", "");
        if (!name.isEmpty() && !ids.isEmpty()) {
            throw new Failed(
                    "Inputs 'name' and 'artifact-ids' cannot be used together. Please specify only one.");
        }
        List<JobArtifacts.Stored> all;
        try {
            all = artifacts.list(elsewhere(setting));
        } catch (JobArtifacts.Refused refused) {
            throw new Failed("Unable to download artifact(s): " + refused.sentence());
        }
        List<JobArtifacts.Stored> chosen = choose(setting, all, name, ids);
        Path target = target(setting);
        boolean flat =
                !name.isEmpty()
                        || setting.isTrue("merge-multiple", false)
                        || (!ids.isEmpty() && chosen.size() == 1);
        for (JobArtifacts.Stored artifact : chosen) {
            Path into = flat ? target : target.resolve(artifact.name());
            unpack(setting, artifact, into);
        }
        setting.log().line("Total of " + chosen.size() + " artifact(s) downloaded");
        setting.output("download-path", target.toString());
        setting.log().line("Download artifact has finished successfully");
    }

    private static Optional<JobArtifacts.Elsewhere> elsewhere(ActionSetting setting) throws Failed {
        String token = setting.input("github-token", "");
        if (token.isEmpty()) {
            return Optional.empty();
        }
        Value github = setting.github();
        String repository = setting.input("repository", github.at("repository").text());
        if (repository.split("/", -1).length != 2) {
            throw new Failed(
                    "Invalid repository: '%s'. Must be in format owner/repo".formatted(repository));
        }
        String run = setting.input("run-id", github.at("run_id").text());
        return Optional.of(new JobArtifacts.Elsewhere(repository, run, token));
    }

    private static List<JobArtifacts.Stored> choose(
            ActionSetting setting, List<JobArtifacts.Stored> all, String name, String ids)
            throws Failed {
        if (!name.isEmpty()) {
            setting.log().line("Downloading single artifact");
            return List.of(
                    all.stream()
                            .filter(one -> one.name().equals(name))
                            .findFirst()
                            .orElseThrow(() ->
                                    new Failed(
                                            "Unable to download artifact(s): Artifact not found for name: "
                                                    + name
                                                    + "\nPlease ensure that your artifact is not expired and the artifact was uploaded using a compatible version of toolkit/upload-artifact.")));
        }
        if (!ids.isEmpty()) {
            return byIds(setting, all, ids);
        }
        String pattern = setting.input("pattern", "");
        if (pattern.isEmpty()) {
            setting.log()
                    .line(
                            "No input name, artifact-ids or pattern filtered specified, downloading all artifacts");
            if (!setting.isTrue("merge-multiple", false)) {
                setting.log()
                        .line(
                                "An extra directory with the artifact name will be created for each download");
            }
            return all;
        }
        setting.log().line("Filtering artifacts by pattern '" + pattern + "'");
        var matcher = NamePattern.of(pattern);
        return all.stream().filter(one -> matcher.test(one.name())).toList();
    }

    private static List<JobArtifacts.Stored> byIds(
            ActionSetting setting, List<JobArtifacts.Stored> all, String ids) throws Failed {
        var wanted = new LinkedHashSet<Long>();
        for (String id : Arrays.stream(ids.split(",", -1)).map(String::strip).toList()) {
            if (id.isEmpty()) {
                continue;
            }
            if (!id.matches("[0-9]{1,18}")) {
                throw new Failed("Invalid artifact ID: '%s'. Must be a number.".formatted(id));
            }
            wanted.add(Long.parseLong(id));
        }
        if (wanted.isEmpty()) {
            throw new Failed("No valid artifact IDs provided in 'artifact-ids' input");
        }
        var chosen = all.stream().filter(one -> wanted.contains(one.id())).toList();
        if (chosen.isEmpty()) {
            throw new Failed("None of the provided artifact IDs were found in the workflow run");
        }
        var missing = new ArrayList<>(wanted);
        chosen.forEach(one -> missing.remove(one.id()));
        if (!missing.isEmpty()) {
            setting.log()
                    .warning(
                            "Could not find the following artifact IDs: "
                                    + String.join(
                                            ", ", missing.stream().map(String::valueOf).toList()));
        }
        return chosen;
    }

    private static Path target(ActionSetting setting) {
        String path = setting.input("path", "");
        if (path.equals("~") || path.startsWith("~/")) {
            return setting.folders().home().resolve(path.substring(Math.min(2, path.length())));
        }
        return setting.workspace().resolve(path).normalize();
    }

    private void unpack(ActionSetting setting, JobArtifacts.Stored artifact, Path into)
            throws Failed, IOException, InterruptedException {
        Path tar = setting.folders().temp().resolve("download-" + UUID.randomUUID() + ".tar");
        try {
            ZipFiles.toTar(artifacts.file(artifact), tar);
            setting.script(
                    "mkdir -p -- %1$s && tar -xf %2$s -C %1$s && rm -f -- %2$s"
                            .formatted(
                                    ShellScript.quote(into.toString()),
                                    ShellScript.quote(tar.toString())));
            setting.log()
                    .line(
                            "- %s (ID: %d, Size: %d): %s"
                                    .formatted(
                                            artifact.name(), artifact.id(), artifact.size(), into));
        } catch (ZipFiles.Unusable e) {
            throw new Failed(
                    "Unable to download artifact '%s': %s"
                            .formatted(artifact.name(), e.getMessage()));
        } catch (JobArtifacts.Refused refused) {
            throw new Failed("Unable to download artifact(s): " + refused.sentence());
        } finally {
            Files.deleteIfExists(tar);
        }
    }
}
