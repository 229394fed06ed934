package dev.rondo.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code actions/cache}, {@code actions/cache/restore} and {@code actions/cache/save} with the
 * inputs and outputs of v4 (their action.yml, src/restoreImpl.ts and src/saveImpl.ts).
 */
public final class CacheAction implements NativeAction {

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
        var paths = paths(setting);
        Optional<JobCaches.Found> found = paths.find(keys);
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
        paths.unpack(found.get());
        setting.log().line("Cache restored from key: " + found.get().key());
    }

    private static String required(ActionSetting setting, String name) throws Failed {
        String value = setting.input(name, "");
        if (value.isEmpty()) {
            throw new Failed("Input required and not supplied: " + name);
        }
        return value;
    }

    private CachedPaths paths(ActionSetting setting) throws Failed {
        return new CachedPaths(caches, setting, lines(required(setting, "path")));
    }

    private void save(ActionSetting setting, String key, String restored)
            throws Failed, IOException, InterruptedException {
        if (key.equals(restored)) {
            setting.log()
                    .line("Cache hit occurred on the primary key " + key + ", not saving cache.");
        } else {
            paths(setting).save(key, "Cache saved with key: ");
        }
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("^!\\s+", "!").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
