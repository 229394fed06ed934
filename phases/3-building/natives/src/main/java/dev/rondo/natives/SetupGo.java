package dev.rondo.natives;

import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code actions/setup-go}: chooses among the versions that are there. */
final class SetupGo implements NativeAction {
    private static final SemVer NEEDS_NO_ROOT = SemVer.of(1, 9, 0);

    private final DependencyCache cache;

    SetupGo(DependencyCache cache) {
        this.cache = cache;
    }

    @Override
    public boolean hasPost() {
        return true;
    }

    /** {@code post-if: success()}. */
    @Override
    public boolean postsAlways() {
        return false;
    }

    @Override
    public void post(ActionSetting setting) throws IOException, InterruptedException {
        cache.save(setting);
    }

    @Override
    public void run(ActionSetting setting) throws Failed, IOException, InterruptedException {
        String wanted = wanted(setting);
        setting.output("cache-hit", "false");
        setting.log().line("Setup go version spec " + wanted);
        String architecture = Toolbox.architecture(setting);
        Toolbox box = Toolbox.of(setting, "go", architecture, SetupGo::version);
        Optional<Tool> tool =
                wanted.isEmpty()
                        ? box.newest(any -> !any.cached(), true)
                        : find(wanted, box, setting.isTrue("check-latest", false));
        if (tool.isPresent()) {
            use(setting, tool.get());
            if (setting.isTrue("cache", true)) {
                cache(setting, tool.get());
            }
        } else if (!wanted.isEmpty()) {
            throw new Failed(
                    ("Unable to find Go version '%s' for platform linux and architecture %s. Versions on"
                                    + " this machine: %s")
                            .formatted(wanted, architecture, box.list()));
        }
        ToolSetup.matchers(setting, List.of("go"));
    }

    /** On unless switched off, so that what keeps it from working fails nothing. */
    private void cache(ActionSetting setting, Tool tool) throws IOException, InterruptedException {
        try {
            List<String> files = DependencyCache.patterns(setting);
            if (files.isEmpty()) {
                files =
                        List.of(
                                DependencyCache.first(setting, List.of("go.sum"))
                                        .orElseThrow(() ->
                                                new Failed(
                                                        "Dependencies file is not found in %s. Supported file pattern: go.sum"
                                                                .formatted(setting.workspace()))));
            }
            String hash = setting.hashFiles(files);
            if (hash.isEmpty()) {
                throw new Failed(
                        "Some specified paths were not resolved, unable to cache dependencies.");
            }
            List<String> folders =
                    DependencyCache.ask(setting, "go env GOMODCACHE GOCACHE", "").lines().toList();
            String key =
                    "setup-go-%s-go-%s-%s"
                            .formatted(DependencyCache.platform(), tool.version(), hash);
            var found =
                    cache.restore(setting, new DependencyCache.Plan("Go", folders, key, List.of()));
            setting.output("cache-hit", String.valueOf(found.isPresent()));
        } catch (Failed e) {
            setting.log().warning("Restore cache failed: " + e.sentence());
        }
    }

    private static void use(ActionSetting setting, Tool tool) throws Failed, InterruptedException {
        setting.log().line("Found in cache @ " + tool.home());
        ToolSetup.onPath(
                setting,
                tool,
                Map.of("go", tool.home() + "/bin/go", "gofmt", tool.home() + "/bin/gofmt"));
        setting.log().line("Added go to the path");
        if (tool.version().compareTo(NEEDS_NO_ROOT) < 0) {
            setting.log().line("Setting GOROOT for Go version < 1.9");
            setting.export("GOROOT", tool.home());
        }
        String path = setting.env().get("GOPATH");
        String packages = path == null ? setting.folders().home().resolve("go").toString() : path;
        setting.addPath(packages.split(":")[0] + "/bin");
        setting.output("go-version", tool.version().toString());
        setting.log().line("Successfully set up Go version " + tool.version());
    }

    /** As Go writes versions: 1.22rc1 stands before 1.22.0. */
    static Optional<SemVer> version(String written) {
        return SemVer.read(semantic(written));
    }

    private static String semantic(String written) {
        return written.replaceFirst("^go", "")
                .replaceFirst("^(\\d+\\.\\d+)(beta|rc)", "$1.0$2")
                .replaceFirst("(\\d)(beta|rc)(\\d+)", "$1-$2.$3");
    }

    /** {@code stable} is the newest line, {@code oldstable} the one before it. */
    static Optional<Tool> find(String wanted, Toolbox box, boolean anywhere) throws Failed {
        if (wanted.equals("stable")) {
            return box.newest(tool -> tool.version().release(), true);
        }
        if (wanted.equals("oldstable")) {
            Optional<Tool> newest = box.newest(tool -> tool.version().release(), true);
            return newest.flatMap(top ->
                    box.newest(
                            tool ->
                                    tool.version().release()
                                            && tool.version().minor() < top.version().minor(),
                            true));
        }
        SemRange range =
                SemRange.read(wanted.matches(".*\\d(beta|rc).*") ? semantic(wanted) : wanted)
                        .orElseThrow(() ->
                                new Failed(
                                        "'%s' is no version of Go. Versions on this machine: %s"
                                                .formatted(wanted, box.list())));
        return box.newest(range, anywhere);
    }

    private static String wanted(ActionSetting setting) throws Failed {
        String version = setting.input("go-version", "");
        String file = setting.input("go-version-file", "");
        if (!version.isEmpty() && !file.isEmpty()) {
            setting.log()
                    .warning(
                            "Both go-version and go-version-file inputs are specified, only go-version"
                                    + " will be used");
        }
        if (!version.isEmpty() || file.isEmpty()) {
            return version;
        }
        return fromFile(file, new VersionFiles(setting).text(file, "go"));
    }

    static String fromFile(String file, String text) {
        if (VersionFiles.named(file, "go.mod") || VersionFiles.named(file, "go.work")) {
            return VersionFiles.match("^toolchain go(1\\.\\d+(?:\\.\\d+|rc\\d+)?)", text)
                    .or(() -> VersionFiles.match("^go (\\d+(?:\\.\\d+)*(?:rc\\d+)?)", text))
                    .orElse("");
        }
        if (VersionFiles.named(file, ".tool-versions")) {
            return VersionFiles.match("^golang\\s+([^\\n#\\s]+)", text).orElse("");
        }
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }
}
