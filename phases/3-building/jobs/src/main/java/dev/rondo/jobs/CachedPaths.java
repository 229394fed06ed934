package dev.rondo.jobs;

import dev.rondo.jobs.NativeAction.Failed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Paths of a job that a cache keeps. Files are packed and unpacked inside the job by its own tar,
 * with the options and the version that GitHub's client uses, so that what one saved the other
 * restores.
 */
public final class CachedPaths {

    private static final String SALT = "1.0";

    private final JobCaches caches;
    private final ActionSetting setting;
    private final List<String> paths;

    /**
     * @param paths files, folders and patterns; {@code ~} is the job's home
     */
    public CachedPaths(JobCaches caches, ActionSetting setting, List<String> paths) {
        this.caches = caches;
        this.setting = setting;
        this.paths = paths;
    }

    /** The best cache for these keys. */
    public Optional<JobCaches.Found> find(List<String> keys)
            throws Failed, IOException, InterruptedException {
        String version = version();
        var refused = caches.refusal(keys);
        if (refused.isPresent()) {
            throw new Failed(refused.get());
        }
        return caches.find(keys, version);
    }

    /** Equal for equal paths that are packed equally, as {@code getCacheVersion} of the client. */
    private String version() throws Failed, IOException, InterruptedException {
        var parts = new ArrayList<>(paths);
        parts.add(compression());
        parts.add(SALT);
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(
                                            String.join("|", parts)
                                                    .getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** What the job can pack with, in the client's words. */
    private String compression() throws Failed, IOException, InterruptedException {
        String known = setting.kept("compression");
        if (known.isEmpty()) {
            Path answer = setting.folders().temp().resolve("zstd-" + UUID.randomUUID());
            setting.script(
                    "if command -v zstd >/dev/null; then echo zstd; else echo gzip; fi > "
                            + ShellScript.quote(answer.toString()));
            known = read(answer).startsWith("zstd") ? "zstd-without-long" : "gzip";
            Files.deleteIfExists(answer);
            setting.keep("compression", known);
        }
        return known;
    }

    private String read(Path file) throws IOException {
        return setting.folders()
                .tree(setting.folders().temp())
                .read(
                        String.valueOf(file.getFileName()),
                        in -> new String(in.readNBytes(100), StandardCharsets.UTF_8));
    }

    /** Puts what was found where it was. */
    public void unpack(JobCaches.Found found) throws Failed, IOException, InterruptedException {
        Path archive = setting.folders().temp().resolve("cache-" + UUID.randomUUID());
        setting.log().line("Cache Size: ~%d MB (%d B)".formatted(found.size() >> 20, found.size()));
        try {
            Files.copy(found.file(), archive);
            String with = compression().equals("gzip") ? "-z" : "--use-compress-program 'zstd -d'";
            setting.script(
                    "mkdir -p %2$s && tar -xf %1$s -P -C %2$s %3$s && rm -f %1$s"
                            .formatted(
                                    ShellScript.quote(archive.toString()),
                                    ShellScript.quote(setting.workspace().toString()),
                                    with));
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    /**
     * Keeps what the paths hold now, and says so.
     *
     * @param said in front of the key
     */
    public void save(String key, String said) throws Failed, IOException, InterruptedException {
        var refused = caches.refusal(List.of(key));
        if (refused.isPresent()) {
            throw new Failed(refused.get());
        }
        String version = version();
        if (caches.taken(key, version)) {
            setting.log().line(reserved(key));
            return;
        }
        Path packed = setting.folders().temp().resolve("cache-" + UUID.randomUUID());
        // beside the folders that the job sees, so that nothing in it can be changed any more
        Path kept = setting.folders().root().resolve(String.valueOf(packed.getFileName()));
        try {
            setting.script(pack(packed));
            setting.folders().mirror().bring(packed);
            if (!Files.isRegularFile(packed, LinkOption.NOFOLLOW_LINKS)) {
                setting.log()
                        .warning(
                                "Path Validation Error: Path(s) specified in the action for caching do(es) not exist, hence no cache is being saved.");
                return;
            }
            take(packed, kept);
            if (caches.keep(key, version, kept)) {
                setting.log().line(said + key);
            } else {
                setting.log().line(reserved(key));
            }
        } finally {
            Files.deleteIfExists(packed);
            Files.deleteIfExists(kept);
        }
    }

    private static String reserved(String key) {
        return "Failed to save: Unable to reserve cache with key "
                + key
                + ", another job may be creating this cache.";
    }

    private void take(Path packed, Path kept) throws IOException {
        setting.folders()
                .tree(setting.folders().temp())
                .read(
                        String.valueOf(packed.getFileName()),
                        in -> Files.copy(in, kept, StandardCopyOption.REPLACE_EXISTING));
    }

    /** Finds the paths as the client's globs do, without what is below them, and packs them. */
    private String pack(Path archive) throws Failed, IOException, InterruptedException {
        var words = new ArrayList<String>();
        for (String line : paths) {
            words.add(ShellScript.quote(line));
        }
        String with = compression().equals("gzip") ? "-z" : "--use-compress-program 'zstd -T0'";
        return script().replace("@PATHS@", String.join(" ", words))
                .replace("@WORKSPACE@", ShellScript.quote(setting.workspace().toString()))
                .replace("@ARCHIVE@", ShellScript.quote(archive.toString()))
                .replace("@WITH@", with);
    }

    private static String script() {
        try (InputStream in = CachedPaths.class.getResourceAsStream("pack-cache.sh")) {
            if (in == null) {
                throw new IllegalStateException("pack-cache.sh is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
