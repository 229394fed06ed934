package dev.rondo.natives;

import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction.Failed;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code cache:} of setup-node: npm, pnpm and yarn, as its src/cache-restore.ts. */
final class NodePackages {
    private final ActionSetting setting;
    private final DependencyCache cache;

    NodePackages(ActionSetting setting, DependencyCache cache) {
        this.setting = setting;
        this.cache = cache;
    }

    private record Kind(List<String> locks, String folder) {}

    void restore() throws Failed, IOException, InterruptedException {
        String manager = setting.input("cache", "");
        Kind kind = kind(manager);
        String folder = DependencyCache.ask(setting, kind.folder(), workingFolder(manager));
        if (folder.isEmpty()) {
            throw new Failed("Could not get cache folder path for " + manager);
        }
        List<String> locks = DependencyCache.patterns(setting);
        if (locks.isEmpty()) {
            locks =
                    List.of(
                            DependencyCache.first(setting, kind.locks())
                                    .orElseThrow(() ->
                                            new Failed(
                                                    "Dependencies lock file is not found in %s. Supported file patterns: %s"
                                                            .formatted(
                                                                    setting.workspace(),
                                                                    String.join(
                                                                            ",", kind.locks())))));
        }
        String hash = setting.hashFiles(locks);
        if (hash.isEmpty()) {
            throw new Failed(
                    "Some specified paths were not resolved, unable to cache dependencies.");
        }
        String key = "node-cache-%s-%s-%s".formatted(DependencyCache.platform(), manager, hash);
        setting.output("cache-primary-key", key);
        Optional<String> found =
                cache.restore(
                        setting,
                        new DependencyCache.Plan(manager, List.of(folder), key, List.of()));
        setting.output("cache-hit", String.valueOf(found.isPresent()));
        setting.output("cache-matched-key", found.orElse(""));
    }

    private Kind kind(String manager) throws Failed, InterruptedException {
        return switch (manager) {
            case "npm" ->
                    new Kind(
                            List.of("package-lock.json", "npm-shrinkwrap.json", "yarn.lock"),
                            "npm config get cache");
            case "pnpm" -> new Kind(List.of("pnpm-lock.yaml"), "pnpm store path --silent");
            case "yarn" -> {
                String version =
                        DependencyCache.ask(setting, "yarn --version", workingFolder(manager));
                yield new Kind(
                        List.of("yarn.lock"),
                        version.startsWith("1.")
                                ? "yarn cache dir"
                                : "yarn config get cacheFolder");
            }
            default -> throw new Failed("Caching for '%s' is not supported".formatted(manager));
        };
    }

    /** Which yarn it is depends on the folder. */
    private String workingFolder(String manager) {
        List<String> patterns = DependencyCache.patterns(setting);
        if (!manager.equals("yarn") || patterns.isEmpty() || patterns.getFirst().contains("*")) {
            return "";
        }
        int slash = patterns.getFirst().lastIndexOf('/');
        return slash < 0 ? "" : patterns.getFirst().substring(0, slash);
    }
}
