package dev.rondo.jobs;

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
 * {@code actions/cache}, {@code actions/cache/restore} and {@code actions/cache/save} with the
 * inputs and outputs of v4 (their action.yml, src/restoreImpl.ts and src/saveImpl.ts). Files are
 * packed and unpacked inside the job by its own tar, with the options and the version that GitHub's
 * client uses, so that what one saved the other restores.
 */
public final class CacheAction implements NativeAction {

    private static final String SALT = "1.0";

    private final JobCaches caches;
    private final Part part;

    /** Which of the three it is. */
    public enum Part {
        BOTH,
        RESTORE,
        SAVE
    }

    public CacheAction(JobCaches caches, Part part) {
        this.caches = caches;
        this.part = part;
    }

    @Override
    public boolean hasPost() {
        return part == Part.BOTH;
    }

    /** {@code post-if: success()}. */
    @Override
    public boolean postsAlways() {
        return false;
    }

    @Override
    public void run(ActionSetting setting) throws Failed, IOException, InterruptedException {
        if (part == Part.SAVE) {
            save(setting, required(setting, "key"), "");
        } else {
            restore(setting);
        }
    }

    @Override
    public void post(ActionSetting setting) throws Failed, IOException, InterruptedException {
        if (setting.kept("CACHE_KEY").isEmpty()) {
            setting.log().warning("Key is not specified.");
        } else {
            save(setting, setting.kept("CACHE_KEY"), setting.kept("CACHE_RESULT"));
        }
    }

    private void restore(ActionSetting setting) throws Failed, IOException, InterruptedException {
        String key = required(setting, "key");
        var keys = new ArrayList<>(List.of(key));
        keys.addAll(lines(setting.input("restore-keys", "")));
        setting.keep("CACHE_KEY", key);
        if (part == Part.RESTORE) {
            setting.output("cache-primary-key", key);
        }
        String version = version(setting);
        var refused = caches.refusal(keys);
        if (refused.isPresent()) {
            throw new Failed(refused.get());
        }
        Optional<JobCaches.Found> found = caches.find(keys, version);
        if (found.isEmpty()) {
            if (setting.isTrue("fail-on-cache-miss", false)) {
                throw new Failed(
                        "Failed to restore cache entry. Exiting as fail-on-cache-miss is set. Input key: "
                                + key);
            }
            setting.log().line("Cache not found for input keys: " + String.join(", ", keys));
            return;
        }
        boolean exact = found.get().key().equals(key);
        setting.keep("CACHE_RESULT", found.get().key());
        setting.output("cache-hit", String.valueOf(exact));
        if (part == Part.RESTORE) {
            setting.output("cache-matched-key", found.get().key());
        }
        if (setting.isTrue("lookup-only", false)) {
            setting.log().line("Cache found and can be restored from key: " + found.get().key());
            return;
        }
        unpack(setting, found.get());
        setting.log().line("Cache restored from key: " + found.get().key());
    }

    private static String required(ActionSetting setting, String name) throws Failed {
        String value = setting.input(name, "");
        if (value.isEmpty()) {
            throw new Failed("Input required and not supplied: " + name);
        }
        return value;
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("^!\\s+", "!").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Equal for equal paths that are packed equally, as {@code getCacheVersion} of the client. */
    private static String version(ActionSetting setting)
            throws Failed, IOException, InterruptedException {
        var parts = new ArrayList<>(lines(required(setting, "path")));
        parts.add(compression(setting));
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
    private static String compression(ActionSetting setting)
            throws Failed, IOException, InterruptedException {
        String known = setting.kept("compression");
        if (known.isEmpty()) {
            Path answer = setting.folders().temp().resolve("zstd-" + UUID.randomUUID());
            setting.script(
                    "if command -v zstd >/dev/null; then echo zstd; else echo gzip; fi > "
                            + ShellScript.quote(answer.toString()));
            known = read(setting, answer).startsWith("zstd") ? "zstd-without-long" : "gzip";
            Files.deleteIfExists(answer);
            setting.keep("compression", known);
        }
        return known;
    }

    private static String read(ActionSetting setting, Path file) throws IOException {
        return setting.folders()
                .tree(setting.folders().temp())
                .read(
                        String.valueOf(file.getFileName()),
                        in -> new String(in.readNBytes(100), StandardCharsets.UTF_8));
    }

    private static void unpack(ActionSetting setting, JobCaches.Found found)
            throws Failed, IOException, InterruptedException {
        Path archive = setting.folders().temp().resolve("cache-" + UUID.randomUUID());
        setting.log().line("Cache Size: ~%d MB (%d B)".formatted(found.size() >> 20, found.size()));
        try {
            Files.copy(found.file(), archive);
            String with =
                    compression(setting).equals("gzip") ? "-z" : "--use-compress-program 'zstd -d'";
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

    private void save(ActionSetting setting, String key, String restored)
            throws Failed, IOException, InterruptedException {
        if (key.equals(restored)) {
            setting.log()
                    .line("Cache hit occurred on the primary key " + key + ", not saving cache.");
            return;
        }
        var refused = caches.refusal(List.of(key));
        if (refused.isPresent()) {
            throw new Failed(refused.get());
        }
        String version = version(setting);
        if (caches.taken(key, version)) {
            setting.log().line(reserved(key));
            return;
        }
        Path packed = setting.folders().temp().resolve("cache-" + UUID.randomUUID());
        // beside the folders that the job sees, so that nothing in it can be changed any more
        Path kept = setting.folders().root().resolve(String.valueOf(packed.getFileName()));
        try {
            setting.script(pack(setting, packed));
            setting.folders().mirror().bring(packed);
            if (!Files.isRegularFile(packed, LinkOption.NOFOLLOW_LINKS)) {
                setting.log()
                        .warning(
                                "Path Validation Error: Path(s) specified in the action for caching do(es) not exist, hence no cache is being saved.");
                return;
            }
            take(setting, packed, kept);
            if (caches.keep(key, version, kept)) {
                setting.log().line("Cache saved with key: " + key);
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

    private static void take(ActionSetting setting, Path packed, Path kept) throws IOException {
        setting.folders()
                .tree(setting.folders().temp())
                .read(
                        String.valueOf(packed.getFileName()),
                        in -> Files.copy(in, kept, StandardCopyOption.REPLACE_EXISTING));
    }

    /** Finds the paths as the client's globs do, without what is below them, and packs them. */
    private static String pack(ActionSetting setting, Path archive)
            throws Failed, IOException, InterruptedException {
        var words = new ArrayList<String>();
        for (String line : lines(required(setting, "path"))) {
            words.add(ShellScript.quote(line));
        }
        String with =
                compression(setting).equals("gzip") ? "-z" : "--use-compress-program 'zstd -T0'";
        return script().replace("@PATHS@", String.join(" ", words))
                .replace("@WORKSPACE@", ShellScript.quote(setting.workspace().toString()))
                .replace("@ARCHIVE@", ShellScript.quote(archive.toString()))
                .replace("@WITH@", with);
    }

    private static String script() {
        try (InputStream in = CacheAction.class.getResourceAsStream("pack-cache.sh")) {
            if (in == null) {
                throw new IllegalStateException("pack-cache.sh is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
