package dev.rondo.containers;

import dev.rondo.actions.Container.Credentials;
import dev.rondo.jobs.ContainerStep.Source;
import dev.rondo.jobs.JobFolders;
import dev.rondo.jobs.SafeTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Brings images to the engine: pulled, or built from an action's folder. What was built is named by
 * its content, so that the next job has it at once.
 */
final class Images {
    private static final Duration TIME = Duration.ofMinutes(30);
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final long CONTEXT_BYTES = 1L << 30;

    private final Docker docker;
    private final Consumer<String> log;
    private final BooleanSupplier cancelled;

    Images(Docker docker, Consumer<String> log, BooleanSupplier cancelled) {
        this.docker = docker;
        this.log = log;
        this.cancelled = cancelled;
    }

    private Docker.How how() {
        return new Docker.How(TIME, cancelled, log);
    }

    /**
     * The newest of that name; where no registry has it or can be reached, the one that is here.
     */
    void pull(String image, Optional<Credentials> credentials, Path folder)
            throws InterruptedException {
        if (image.startsWith("-")) {
            throw new IllegalStateException("'%s' is no name of an image".formatted(image));
        }
        Optional<Path> config = Optional.empty();
        try {
            if (credentials.isPresent()) {
                config = Optional.of(login(image, credentials.get(), folder));
            }
            var words = new ArrayList<String>();
            config.ifPresent(place -> words.addAll(List.of("--config", place.toString())));
            words.addAll(List.of("pull", image));
            log.accept("##[command]docker pull " + image);
            pull(image, words);
        } finally {
            config.ifPresent(Images::forget);
        }
    }

    private void pull(String image, List<String> words) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Docker.Said said = docker.run(words, how());
            if (said.good()) {
                return;
            }
            if (here(image)) {
                log.accept("The image " + image + " is on this machine and is used as it is");
                return;
            }
            boolean refused =
                    said.text()
                            .toLowerCase(Locale.ROOT)
                            .matches("(?s).*(denied|no such host|not found|invalid reference).*");
            failed("pull", said, refused ? ATTEMPTS : attempt);
        }
    }

    /** Waits for the next attempt, or ends it all after the last one. */
    private void failed(String what, Docker.Said said, int attempt) throws InterruptedException {
        String sentence = "Docker %s failed with exit code %d".formatted(what, said.code());
        if (attempt == ATTEMPTS || cancelled.getAsBoolean()) {
            throw new IllegalStateException(sentence + ": " + said.last());
        }
        log.accept(
                "##[warning]%s, back off %d seconds before retry."
                        .formatted(sentence, PAUSE.toSeconds()));
        Thread.sleep(PAUSE);
    }

    private boolean here(String image) throws InterruptedException {
        return docker.run("image", "inspect", "--format", "{{.Id}}", image).good();
    }

    private Path login(String image, Credentials credentials, Path folder)
            throws InterruptedException {
        try {
            Path config = Files.createTempDirectory(folder, "docker");
            String registry = registry(image);
            var words = new ArrayList<>(List.of("--config", config.toString(), "login"));
            words.addAll(
                    List.of("--username=" + credentials.username(), "--password-stdin", registry));
            Docker.Said said = docker.run(words, credentials.password(), how());
            if (!said.good()) {
                forget(config);
                throw new IllegalStateException(
                        "Docker login for '%s' failed with exit code %d"
                                .formatted(registry, said.code()));
            }
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void forget(Path config) {
        try {
            JobFolders.delete(config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The host in front of an image's name, as docker understands it. */
    static String registry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return host ? first : "https://index.docker.io/v1/";
    }

    /** The image of an action, before the first step. */
    String bring(Source source, JobFolders folders) throws InterruptedException {
        return of(
                source,
                folders,
                switch (source) {
                    case Source.Built built ->
                            "Build container for action use: '%s'."
                                    .formatted(built.folder().resolve(built.file()));
                    default -> "Pull down action image '" + source.title() + "'";
                });
    }

    /** The image of an action in the step that uses it. */
    String of(Source source, JobFolders folders) throws InterruptedException {
        return of(
                source,
                folders,
                source instanceof Source.Built
                        ? "Building docker image"
                        : "Pull image " + source.title());
    }

    private String of(Source source, JobFolders folders, String title) throws InterruptedException {
        return switch (source) {
            case Source.Ready ready -> ready.name();
            case Source.Image image -> {
                log.accept("##[group]" + title);
                pull(image.name(), Optional.empty(), folders.root());
                log.accept("##[endgroup]");
                yield image.name();
            }
            case Source.Built built -> built(built, folders, title);
        };
    }

    /**
     * @param folders where the context is put together, out of the job's reach
     */
    private String built(Source.Built built, JobFolders folders, String title)
            throws InterruptedException {
        try {
            Path context = Files.createTempDirectory(folders.root(), "build");
            try {
                String name = "rondo-action:" + copied(built, context);
                if (here(name)) {
                    log.accept("The image of this action was built before: " + name);
                } else {
                    log.accept("##[group]" + title);
                    build(built, context, name);
                }
                return name;
            } finally {
                JobFolders.delete(context);
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The folder of the action cannot be read: " + e.getMessage(), e);
        }
    }

    private void build(Source.Built built, Path context, String name) throws InterruptedException {
        log.accept("Dockerfile for action: '" + built.folder().resolve(built.file()) + "'.");
        List<String> words =
                List.of(
                        "build",
                        "--label",
                        Labels.ACTION + "=1",
                        "-t",
                        name,
                        "-f",
                        context.resolve(built.file()).toString(),
                        context.toString());
        try {
            for (int attempt = 1; ; attempt++) {
                Docker.Said said = docker.run(words, how());
                if (said.good()) {
                    return;
                }
                failed("build", said, attempt);
            }
        } finally {
            log.accept("##[endgroup]");
        }
    }

    /** A copy in which nothing is a link; gives the digest of names, rights and contents. */
    private static String copied(Source.Built built, Path context) throws IOException {
        var tree = new SafeTree(built.folder());
        SafeTree.Listing listing = tree.list(name -> !name.equals(".git"));
        if (listing.files().stream().noneMatch(file -> file.path().equals(built.file()))) {
            throw new IllegalStateException(
                    "Can't find '%s' under '%s'.".formatted(built.file(), built.folder()));
        }
        long size = listing.files().stream().mapToLong(SafeTree.Entry::size).sum();
        if (!listing.complete() || size > CONTEXT_BYTES) {
            throw new IllegalStateException(
                    "The folder of the action '%s' is larger than %d MiB or has too many files"
                            .formatted(built.folder(), CONTEXT_BYTES >> 20));
        }
        MessageDigest digest = sha256();
        digest.update(built.file().getBytes(StandardCharsets.UTF_8));
        for (SafeTree.Entry file : listing.files()) {
            Path copy = context.resolve(file.path());
            Files.createDirectories(copy.getParent());
            digest.update(
                    (file.path() + "\0" + file.executable() + file.size() + "\0")
                            .getBytes(StandardCharsets.UTF_8));
            tree.read(file.path(), in -> copy(in, copy, digest));
            if (file.executable() && !copy.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make " + copy + " executable");
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static long copy(InputStream in, Path copy, MessageDigest digest) throws IOException {
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(copy), digest)) {
            return in.transferTo(out);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
