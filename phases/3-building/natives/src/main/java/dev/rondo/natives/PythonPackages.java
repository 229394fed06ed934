package dev.rondo.natives;

import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction.Failed;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code cache:} of setup-python: pip, pipenv and poetry, as its src/cache-distributions. */
final class PythonPackages {
    private final ActionSetting setting;
    private final DependencyCache cache;
    private final String version;

    PythonPackages(ActionSetting setting, DependencyCache cache, String version) {
        this.setting = setting;
        this.cache = cache;
        this.version = version;
    }

    /**
     * @param files whose contents are part of the key, in the order in which they are looked for
     * @param folder a command that prints what is kept
     * @param middle of the key, in front of the manager's name
     */
    private record Kind(List<String> files, String folder, String middle, boolean loosely) {}

    void restore() throws Failed, IOException, InterruptedException {
        String manager = setting.input("cache", "");
        Kind kind = kind(manager);
        String hash = hash(kind);
        String folder = DependencyCache.ask(setting, kind.folder(), "");
        String start =
                "setup-python-%s-%s-%s"
                        .formatted(DependencyCache.platform(), kind.middle(), manager);
        String key = start + "-" + hash;
        Optional<String> found =
                cache.restore(
                        setting,
                        new DependencyCache.Plan(
                                manager,
                                List.of(folder),
                                key,
                                kind.loosely() ? List.of(start) : List.of()));
        setting.output("cache-hit", String.valueOf(found.filter(key::equals).isPresent()));
    }

    private String hash(Kind kind) throws Failed {
        List<String> given = DependencyCache.patterns(setting);
        if (!given.isEmpty()) {
            String hash = setting.hashFiles(given);
            return required(hash, given);
        }
        for (String file : kind.files()) {
            String hash = setting.hashFiles(List.of(file));
            if (!hash.isEmpty()) {
                return hash;
            }
        }
        return required("", kind.files());
    }

    private String required(String hash, List<String> files) throws Failed {
        if (hash.isEmpty()) {
            throw new Failed(
                    "No file in %s matched to [%s], make sure you have checked out the target repository"
                            .formatted(setting.workspace(), String.join(" or ", files)));
        }
        return hash;
    }

    private Kind kind(String manager) throws Failed {
        String python = "python-" + version;
        return switch (manager) {
            case "pip" ->
                    new Kind(
                            List.of("**/requirements.txt", "**/pyproject.toml"),
                            "pip cache dir",
                            python,
                            true);
            case "pipenv" ->
                    new Kind(
                            List.of("**/Pipfile.lock"),
                            "echo \"${WORKON_HOME:-$HOME/.local/share/virtualenvs}\"",
                            python,
                            false);
            case "poetry" ->
                    new Kind(
                            List.of("**/poetry.lock"),
                            "poetry config virtualenvs.path",
                            python,
                            false);
            default -> throw new Failed("Caching for '%s' is not supported".formatted(manager));
        };
    }
}
