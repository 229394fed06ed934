package dev.rondo.natives;

import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.CachedPaths;
import dev.rondo.jobs.JobCaches;
import dev.rondo.jobs.NativeAction.Failed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The packages that a setup action keeps from one job to the next ({@code cache:}), over the cache
 * service: restored at once, saved behind the last step where the key was not there.
 */
final class DependencyCache {
    private static final String KEY = "cache-primary-key";
    private static final String MATCHED = "cache-matched-key";
    private static final String PATHS = "cache-paths";

    private final JobCaches caches;

    DependencyCache(JobCaches caches) {
        this.caches = caches;
    }

    /**
     * What is kept, and under which key.
     *
     * @param name of the package manager
     * @param others beginnings of keys that will do
     */
    record Plan(String name, List<String> paths, String key, List<String> others) {}

    /** Gives the key that was found. */
    Optional<String> restore(ActionSetting setting, Plan plan)
            throws Failed, IOException, InterruptedException {
        List<String> paths = plan.paths().stream().map(path -> lasting(setting, path)).toList();
        setting.keep(KEY, plan.key());
        setting.keep(PATHS, String.join("\n", paths));
        var keys = new ArrayList<>(List.of(plan.key()));
        keys.addAll(plan.others());
        var cached = new CachedPaths(caches, setting, paths);
        Optional<JobCaches.Found> found = cached.find(keys);
        if (found.isEmpty()) {
            setting.log().line(plan.name() + " cache is not found");
            return Optional.empty();
        }
        cached.unpack(found.get());
        setting.keep(MATCHED, found.get().key());
        setting.log().line("Cache restored from key: " + found.get().key());
        return Optional.of(found.get().key());
    }

    /**
     * The home of a job is another one each time, and its paths are part of what has to be equal.
     */
    private static String lasting(ActionSetting setting, String path) {
        String home = setting.folders().home().toString();
        return path.equals(home) || path.startsWith(home + "/")
                ? "~" + path.substring(home.length())
                : path;
    }

    /** The post part; a cache that cannot be saved fails nothing. */
    void save(ActionSetting setting) throws IOException, InterruptedException {
        String key = setting.kept(KEY);
        if (key.isEmpty()) {
            return;
        }
        if (key.equals(setting.kept(MATCHED))) {
            setting.log()
                    .line("Cache hit occurred on the primary key " + key + ", not saving cache.");
            return;
        }
        try {
            new CachedPaths(caches, setting, setting.kept(PATHS).lines().toList())
                    .save(key, "Cache saved with the key: ");
        } catch (Failed e) {
            setting.log().warning(e.sentence());
        }
    }

    /** {@code cache-dependency-path}: patterns, one a line. */
    static List<String> patterns(ActionSetting setting) {
        return setting.input("cache-dependency-path", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The first of these files that lies at the top of the workspace. */
    static Optional<String> first(ActionSetting setting, List<String> names) {
        return names.stream()
                .filter(name -> !setting.hashFiles(List.of(name)).isEmpty())
                .findFirst();
    }

    /**
     * What a program prints, without the blanks around it.
     *
     * @param folder in which it runs, below the workspace; empty for the workspace itself
     * @throws Failed with what it complained about, where it fails
     */
    static String ask(ActionSetting setting, String command, String folder)
            throws Failed, InterruptedException {
        String script =
                """
                cd "$folder" || exit 1
                if said=$(%s 2>"$answer.err"); then
                  printf 'ok\\n%%s\\n' "$said" > "$answer"
                else
                  code=$?
                  { echo failed; [ ! -s "$answer.err" ] || cat "$answer.err"; echo "$code"; } > "$answer"
                fi
                """
                        .formatted(command);
        var values =
                java.util.Map.of(
                        "folder", setting.workspace().resolve(folder).normalize().toString());
        List<String> answer = Inside.askText(setting, script, values);
        if (answer.size() >= 2 && answer.getFirst().equals("ok")) {
            return String.join("\n", answer.subList(1, answer.size())).strip();
        }
        boolean said = answer.size() > 2;
        throw new Failed(
                said
                        ? String.join(" ", answer.subList(1, answer.size() - 1)).strip()
                        : "The '%s' command failed with exit code: %s"
                                .formatted(command, answer.isEmpty() ? "1" : answer.getLast()));
    }

    /** {@code RUNNER_OS} and the processor, as keys have them. */
    static String platform() {
        return "Linux-" + (System.getProperty("os.arch", "").contains("aarch64") ? "arm64" : "x64");
    }
}
