package dev.rondo.building;

import dev.rondo.actions.PathGlobs;
import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction;
import dev.rondo.jobs.SafeTree;
import dev.rondo.store.Blobs;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** {@code actions/upload-artifact}: the files as one gzipped tar, kept by its digest. */
final class UploadArtifact implements NativeAction {
    private final Workshop shop;
    private final Run run;
    private final String job;

    UploadArtifact(Workshop shop, Run run, String job) {
        this.shop = shop;
        this.run = run;
        this.job = job;
    }

    @Override
    public void run(ActionSetting setting) throws Failed, IOException {
        String name = setting.input("name", "artifact");
        if (name.length() > 200
                || name.matches(".*[\"<>|*?\\r\\n\\\\/:].*")
                || name.contains("..")) {
            throw new Failed(
                    "The artifact name '"
                            + name
                            + "' is not valid: at most 200 characters and none of \" < > | * ? \\ / : ..");
        }
        var work = setting.workspace();
        PathGlobs globs =
                switch (PathGlobs.read(setting.input("path", ""), work.toString())) {
                    case PathGlobs.Reading.Good good -> good.globs();
                    case PathGlobs.Reading.Bad bad ->
                            throw new Failed(
                                    "The artifact path '"
                                            + bad.pattern()
                                            + "' is refused: "
                                            + bad.why());
                };
        var tree = new SafeTree(work);
        SafeTree.Listing listing = tree.list();
        boolean hidden = setting.isTrue("include-hidden-files", false);
        List<SafeTree.Entry> files =
                listing.files().stream()
                        .filter(file -> globs.matches(file.path()))
                        .filter(file -> hidden || !("/" + file.path()).contains("/."))
                        .toList();
        if (files.isEmpty()) {
            nothing(setting);
            return;
        }
        RunStore.Packed packed = pack(tree, files, globs, name);
        shop.spine().store().update(tx -> shop.runs().artifact(tx, run, job, packed));
        shop.changed(run);
        long links = listing.links().stream().filter(globs::matches).count();
        if (links > 0) {
            setting.log().line("Symbolic links are left out: " + links);
        }
        setting.log()
                .line(
                        "Artifact %s: %d files, %d bytes, %s"
                                .formatted(name, files.size(), packed.size(), packed.digest()));
        setting.output("artifact-id", run.id() + "/" + name);
        setting.output("artifact-digest", packed.digest().replace("sha256:", ""));
        setting.output(
                "artifact-url",
                "%s/projects/%s/building/runs/%d/artifacts/%s"
                        .formatted(shop.spine().publicUrl(), run.project(), run.number(), name));
    }

    private static void nothing(ActionSetting setting) throws Failed {
        String text = "No files were found with the provided path: " + setting.input("path", "");
        switch (setting.input("if-no-files-found", "warn")) {
            case "error" -> throw new Failed(text);
            case "ignore" -> setting.log().line(text);
            default -> setting.log().warning(text + ". No artifacts will be uploaded.");
        }
    }

    private RunStore.Packed pack(
            SafeTree tree, List<SafeTree.Entry> files, PathGlobs globs, String name)
            throws IOException, Failed {
        long total = files.stream().mapToLong(SafeTree.Entry::size).sum();
        if (total > Limits.ARTIFACT_BYTES) {
            throw new Failed(
                    "The artifact has %d bytes; at most %d are allowed"
                            .formatted(total, Limits.ARTIFACT_BYTES));
        }
        String base = globs.base(files.stream().map(SafeTree.Entry::path).toList());
        int cut = base.isEmpty() ? 0 : base.length() + 1;
        var failures = new ArrayList<IOException>();
        try (var in = new PipedInputStream(1 << 16)) {
            var out = new PipedOutputStream(in);
            Thread packer =
                    Thread.ofVirtual()
                            .name("pack-" + name)
                            .start(() -> {
                                try (var tar = new Tar(new GZIPOutputStream(out, 1 << 16))) {
                                    for (SafeTree.Entry file : files) {
                                        add(tar, tree, file, cut);
                                    }
                                } catch (IOException e) {
                                    failures.add(e);
                                    closeQuietly(out);
                                }
                            });
            Blobs.Blob blob = shop.spine().blobs().put(in, Limits.ARTIFACT_BYTES);
            packer.join();
            if (!failures.isEmpty()) {
                throw failures.getFirst();
            }
            return new RunStore.Packed(name, blob.digest(), blob.size(), files.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("Rondo stops");
        }
    }

    private static void closeQuietly(PipedOutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            // the reader is gone already
        }
    }

    private static void add(Tar tar, SafeTree tree, SafeTree.Entry file, int cut)
            throws IOException {
        tree.read(
                file.path(),
                in -> {
                    tar.add(file.path().substring(cut), file.size(), file.executable(), in);
                    return file;
                });
    }
}
