package dev.rondo.jobs;

import dev.rondo.actions.Action;
import dev.rondo.actions.Workflow.Step;
import dev.rondo.jobs.ContainerStep.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what {@code uses} means, and brings the files of actions before the first step. */
final class ActionLoader {
    private static final String IMAGE = "docker://";

    private final JobFolders folders;
    private final ActionSources sources;
    private final JobLog log;
    private final Map<ActionReference, Loaded> loaded = new HashMap<>();
    private final ActionImages images = new ActionImages();

    ActionLoader(JobFolders folders, ActionSources sources, JobLog log) {
        this.folders = folders;
        this.sources = sources;
        this.log = log;
    }

    /** Why an action cannot be used, in one sentence. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String sentence) {
            super(sentence);
        }

        String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /** What {@link #prepare} found out, and what was done about it. */
    ActionImages images() {
        return images;
    }

    /** Brings everything that these steps use, also through others; local actions come later. */
    void prepare(List<Step> steps) throws Unusable {
        prepare(steps, 0);
    }

    private void prepare(List<Step> steps, int depth) throws Unusable {
        if (depth > Limits.COMPOSITE_DEPTH) {
            throw new Unusable(tooDeep());
        }
        for (Step step : steps) {
            String uses = step.uses().orElse("");
            if (uses.startsWith(IMAGE)) {
                images.want(new Source.Image(uses.substring(IMAGE.length())), uses);
            }
            Optional<ActionReference> reference =
                    step.uses().filter(ActionLoader::remote).flatMap(ActionReference::of);
            if (reference.isPresent() && load(reference.get()) instanceof Loaded.Files files) {
                switch (files.action().runs()) {
                    case Action.Composite composite -> prepare(composite.steps(), depth + 1);
                    case Action.Docker docker ->
                            images.want(ContainerActions.source(files, docker), uses);
                    case Action.JavaScript script -> {}
                }
            }
        }
    }

    static String tooDeep() {
        return "Composite action depth exceeded max depth " + Limits.COMPOSITE_DEPTH;
    }

    private static boolean remote(String uses) {
        return !uses.startsWith("./") && !uses.startsWith("../") && !uses.startsWith(IMAGE);
    }

    /** What a step uses; a local action is read as it lies in the workspace now. */
    Loaded load(String uses) throws Unusable {
        if (uses.startsWith(IMAGE)) {
            return new Loaded.Image(uses.substring(IMAGE.length()));
        }
        if (!remote(uses)) {
            return local(uses);
        }
        return load(
                ActionReference.of(uses)
                        .orElseThrow(() ->
                                new Unusable(
                                        "Expected format {org}/{repo}[/path]@ref. Actual '%s'"
                                                .formatted(uses))));
    }

    private synchronized Loaded load(ActionReference reference) throws Unusable {
        Loaded before = loaded.get(reference);
        if (before != null) {
            return before;
        }
        try {
            sources.allow(reference);
        } catch (ActionSources.Refused e) {
            throw new Unusable(e.sentence());
        }
        Optional<NativeAction> known = sources.known(reference);
        Loaded made = known.isPresent() ? new Loaded.Known(known.get()) : fetched(reference);
        loaded.put(reference, made);
        return made;
    }

    private Loaded fetched(ActionReference reference) throws Unusable {
        Path root =
                folders.actions()
                        .resolve(safe(reference.owner()))
                        .resolve(safe(reference.name()))
                        .resolve(safe(reference.ref()));
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root);
                String commit = sources.fetch(reference, root);
                log.line("Download action repository '%s' (SHA:%s)".formatted(reference, commit));
            }
        } catch (ActionSources.Refused e) {
            throw new Unusable(e.sentence());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var source =
                new Frame.Source(
                        root.resolve(reference.path()).toString(),
                        reference.repository(),
                        reference.ref());
        return read(folders.actions(), root.resolve(reference.path()), source, false);
    }

    /** A name as one folder, whatever is in it. */
    private static String safe(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        return plain.startsWith(".") ? "_" + plain : plain;
    }

    private Loaded local(String uses) throws Unusable {
        Path folder = folders.work().resolve(uses).normalize();
        if (!folder.startsWith(folders.work())) {
            throw new Unusable("The action '" + uses + "' lies outside of the workspace");
        }
        return read(folders.work(), folder, new Frame.Source(folder.toString(), "", ""), true);
    }

    private Loaded read(Path root, Path folder, Frame.Source source, boolean local)
            throws Unusable {
        Path normal = folder.normalize();
        if (!normal.startsWith(root)) {
            throw new Unusable("The action '" + folder + "' lies outside of its repository");
        }
        String below = root.relativize(normal).toString();
        var tree = folders.tree(root);
        for (String name : List.of("action.yml", "action.yaml")) {
            String file = below.isEmpty() ? name : below + "/" + name;
            Optional<String> text = text(tree, file);
            if (text.isPresent()) {
                return switch (Action.read(file, text.get())) {
                    case Action.Reading.Valid valid ->
                            new Loaded.Files(valid.action(), normal, source, local);
                    case Action.Reading.Invalid invalid -> throw new Unusable(invalid.text());
                };
            }
        }
        if (text(tree, below.isEmpty() ? "Dockerfile" : below + "/Dockerfile").isPresent()) {
            return new Loaded.Files(Action.ofDockerfile(), normal, source, local);
        }
        throw new Unusable(
                ("Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '%s'. Did you forget"
                                + " to run actions/checkout before running your local action?")
                        .formatted(normal));
    }

    private static Optional<String> text(SafeTree tree, String path) throws Unusable {
        byte[] bytes;
        try {
            bytes = tree.read(path, in -> in.readNBytes(Limits.ACTION_FILE_BYTES + 1));
        } catch (IOException e) {
            return Optional.empty();
        }
        if (bytes.length > Limits.ACTION_FILE_BYTES) {
            throw new Unusable(
                    "%s is larger than %d KiB".formatted(path, Limits.ACTION_FILE_BYTES >> 10));
        }
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }
}
