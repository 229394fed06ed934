package dev.rondo.natives;

import dev.rondo.actions.Value;
import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction.Failed;
import java.io.IOException;
import java.util.ArrayList;
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

    /**
     * For the manager that {@code cache} names, or that package.json names and this version of the
     * action looks for.
     */
    void restore(String ref) throws Failed, IOException, InterruptedException {
        String asked = setting.input("cache", "");
        if (!asked.isEmpty()) {
            restoreFor(asked);
            return;
        }
        Optional<String> named =
                setting.isTrue("package-manager-cache", true)
                        ? managers().stream().filter(lookedFor(ref)::contains).findFirst()
                        : Optional.empty();
        if (named.isPresent()) {
            setting.log()
                    .line(
                            ("Detected %1$s as the package manager from package.json's packageManager"
                                            + " field. Auto caching has been enabled for %1$s. If you want to"
                                            + " disable it, set package-manager-cache input to false")
                                    .formatted(named.get()));
            restoreFor(named.get());
        }
    }

    /** Up to v4 none is looked for, by v5 all of them, since v6 npm alone. */
    private static List<String> lookedFor(String ref) {
        return switch (VersionFiles.match("^v?(\\d{1,4})(?:\\.|$)", ref).orElse("")) {
            case "1", "2", "3", "4" -> List.of();
            case "5" -> List.of("npm", "yarn", "pnpm");
            default -> List.of("npm");
        };
    }

    /** What package.json names, without versions. */
    private List<String> managers() {
        Value json =
                new VersionFiles(setting)
                        .find("package.json")
                        .map(VersionFiles::json)
                        .orElse(Value.NOTHING);
        Value engines = json.at("devEngines").at("packageManager");
        var all = new ArrayList<String>();
        for (Value one : engines instanceof Value.Arr list ? list.items() : List.of(engines)) {
            all.add(one.at("name").text());
        }
        all.add(json.at("packageManager").text());
        return all.stream()
                .map(name -> name.replaceFirst("^\\^", "").replaceFirst("@.*", ""))
                .toList();
    }

    private void restoreFor(String manager) throws Failed, IOException, InterruptedException {
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
