package dev.rondo.natives;

import dev.rondo.actions.Value;
import dev.rondo.jobs.ActionSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * {@code actions/setup-node}: chooses among the versions that are there.
 *
 * @param ref the version of the action, as it is written
 */
record SetupNode(DependencyCache cache, String ref) implements SetupAction {
    /** The names of the lines with long support, oldest first; every second major has one. */
    private static final List<String> LONG_SUPPORT =
            List.of(
                    "argon",
                    "boron",
                    "carbon",
                    "dubnium",
                    "erbium",
                    "fermium",
                    "gallium",
                    "hydrogen",
                    "iron",
                    "jod",
                    "krypton");

    private static final int FIRST_LONG_SUPPORT = 4;
    private static final int EXTENDS = 5;

    @Override
    public void run(ActionSetting setting) throws Failed, IOException, InterruptedException {
        String wanted = wanted(setting);
        setting.output("cache-hit", "false");
        String architecture = Toolbox.architecture(setting);
        if (wanted.isEmpty() && !setting.input("architecture", "").isEmpty()) {
            setting.log()
                    .warning(
                            "`architecture` is provided but `node-version` is missing. In this"
                                    + " configuration, the version/architecture of Node will not be"
                                    + " changed. To fix this, provide `architecture` in combination"
                                    + " with `node-version`");
        }
        Toolbox box = Toolbox.of(setting, "node", architecture, SemVer::read);
        Optional<Tool> tool =
                wanted.isEmpty()
                        ? box.newest(any -> !any.cached(), true)
                        : box.newest(test(wanted, box), setting.isTrue("check-latest", false));
        if (tool.isPresent()) {
            use(setting, tool.get(), wanted);
        } else if (!wanted.isEmpty()) {
            throw new Failed(
                    ("Unable to find Node version '%s' for platform linux and architecture %s. Versions on"
                                    + " this machine: %s")
                            .formatted(wanted, architecture, box.list()));
        }
        String registry = setting.input("registry-url", "");
        if (!registry.isEmpty()) {
            registry(setting, registry.endsWith("/") ? registry : registry + "/");
        }
        new NodePackages(setting, cache).restore(ref);
        ToolSetup.matchers(setting, List.of("tsc", "eslint-stylish", "eslint-compact"));
    }

    private static void use(ActionSetting setting, Tool tool, String wanted)
            throws Failed, InterruptedException {
        if (!wanted.isEmpty()) {
            setting.log().line("Found in cache @ " + tool.home());
            var programs = new LinkedHashMap<String, String>();
            for (String name : List.of("node", "npm", "npx", "corepack")) {
                programs.put(name, tool.home() + "/bin/" + name);
            }
            ToolSetup.onPath(setting, tool, programs);
        }
        setting.log().line("##[group]Environment details");
        setting.log().line("node: v" + tool.version());
        setting.log().line("##[endgroup]");
        setting.output("node-version", "v" + tool.version());
    }

    private static String wanted(ActionSetting setting) throws Failed {
        String version = setting.input("node-version", "");
        String file = setting.input("node-version-file", "");
        if (!version.isEmpty() && !file.isEmpty()) {
            setting.log()
                    .warning(
                            "Both node-version and node-version-file inputs are specified, only"
                                    + " node-version will be used");
        }
        if (!version.isEmpty() || file.isEmpty()) {
            return version;
        }
        String read = fromFile(new VersionFiles(setting), file, 0);
        setting.log().line("Resolved " + file + " as " + read);
        return read;
    }

    /** A package.json, or a line such as {@code nodejs 20} or {@code v20.1}. */
    private static String fromFile(VersionFiles files, String file, int depth) throws Failed {
        String text = files.text(file, "node");
        Value json = VersionFiles.json(text);
        if (json instanceof Value.Obj) {
            for (Value one :
                    List.of(
                            json.at("volta").at("node"),
                            runtime(json.at("devEngines").at("runtime")),
                            json.at("engines").at("node"))) {
                if (!one.text().isEmpty() && one.primitive()) {
                    return one.text();
                }
            }
            String base = json.at("volta").at("extends").text();
            if (!base.isEmpty() && depth < EXTENDS) {
                Path beside = Path.of(file).resolveSibling(base).normalize();
                return fromFile(files, beside.toString(), depth + 1);
            }
            return "";
        }
        return VersionFiles.match("^\\s+using:\\s*['\"]?node(\\d+)['\"]?\\s*(?:#.*)?$", text)
                .or(() -> VersionFiles.match("^(?:node(?:js)?\\s+)?v?([^\\s]+)$", text))
                .orElse(text.strip());
    }

    /** One runtime, or a list of them. */
    private static Value runtime(Value runtime) {
        List<Value> all = runtime instanceof Value.Arr list ? list.items() : List.of(runtime);
        return all.stream()
                .filter(one -> one.at("name").text().equalsIgnoreCase("node"))
                .map(one -> one.at("version"))
                .findFirst()
                .orElse(Value.NOTHING);
    }

    /** Which versions a written one means. */
    static Predicate<Tool> test(String wanted, Toolbox box) throws Failed {
        String word = wanted.toLowerCase(Locale.ROOT);
        if (List.of("latest", "current", "node").contains(word)) {
            return tool -> tool.version().release();
        }
        if (word.startsWith("lts/")) {
            return longSupport(word.substring(4), box);
        }
        SemRange range =
                SemRange.read(wanted)
                        .orElseThrow(() ->
                                new Failed(
                                        "'%s' is no version of Node. Versions on this machine: %s"
                                                .formatted(wanted, box.list())));
        return tool -> range.has(tool.version());
    }

    private static Predicate<Tool> longSupport(String name, Toolbox box) throws Failed {
        if (name.equals("*")) {
            return tool ->
                    tool.version().release()
                            && tool.version().major() >= FIRST_LONG_SUPPORT
                            && tool.version().major() % 2 == 0;
        }
        int place =
                name.matches("-\\d{1,2}")
                        ? LONG_SUPPORT.size() - 1 + Integer.parseInt(name)
                        : LONG_SUPPORT.indexOf(name);
        if (place < 0) {
            throw new Failed(
                    "Unable to find LTS release '%s' for Node version 'lts/%s'. Versions on this machine: %s"
                            .formatted(name, name, box.list()));
        }
        long major = FIRST_LONG_SUPPORT + 2L * place;
        return tool -> tool.version().release() && tool.version().major() == major;
    }

    private static void registry(ActionSetting setting, String registry)
            throws Failed, InterruptedException {
        String scope = setting.input("scope", "");
        if (scope.isEmpty() && registry.contains("npm.pkg.github.com")) {
            scope = setting.github().at("repository_owner").text();
        }
        if (!scope.isEmpty()) {
            scope = ((scope.startsWith("@") ? "" : "@") + scope).toLowerCase(Locale.ROOT) + ":";
        }
        String file = setting.folders().temp().resolve(".npmrc").toString();
        String always = setting.input("always-auth", "");
        ToolSetup.write(
                setting,
                file,
                "%s:_authToken=${NODE_AUTH_TOKEN}\n%sregistry=%s%s\n"
                        .formatted(
                                registry.replaceFirst("^\\w+:", ""),
                                scope,
                                registry,
                                always.isEmpty() ? "" : "\nalways-auth=" + always));
        setting.export("NPM_CONFIG_USERCONFIG", file);
        Map<String, String> env = setting.env();
        setting.export(
                "NODE_AUTH_TOKEN", env.getOrDefault("NODE_AUTH_TOKEN", "XXXXX-XXXXX-XXXXX-XXXXX"));
    }
}
