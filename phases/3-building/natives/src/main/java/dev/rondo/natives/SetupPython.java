package dev.rondo.natives;

import dev.rondo.jobs.ActionSetting;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code actions/setup-python}: chooses among the versions that are there. */
record SetupPython(DependencyCache cache) implements SetupAction {
    private static final String PYPY = "pypy";

    @Override
    public void run(ActionSetting setting) throws Failed, IOException, InterruptedException {
        List<String> wanted = wanted(setting);
        setting.output("cache-hit", "false");
        String architecture = Toolbox.architecture(setting);
        Toolbox box = Toolbox.of(setting, "python", architecture, SetupPython::version);
        if (wanted.isEmpty()) {
            setting.log()
                    .warning(
                            "The `python-version` input is not set.  The version of Python currently in"
                                    + " `PATH` will be used.");
        }
        String version = "";
        for (String one : wanted) {
            Tool tool =
                    find(setting, one, box)
                            .orElseThrow(() ->
                                    new Failed(
                                            ("The version '%s' with architecture '%s' was not found for this"
                                                            + " operating system. Versions on this machine: %s")
                                                    .formatted(one, architecture, box.list())));
            use(setting, tool);
            version = tool.written();
        }
        if (!setting.input("cache", "").isEmpty()) {
            new PythonPackages(setting, cache, version).restore();
        }
        packages(setting);
        ToolSetup.matchers(setting, List.of("python"));
    }

    private static Optional<Tool> find(ActionSetting setting, String wanted, Toolbox box)
            throws Failed {
        boolean pypy = wanted.startsWith(PYPY);
        if (pypy || wanted.startsWith("graalpy")) {
            SemRange range =
                    range(wanted.replaceFirst("^[a-z-]+", "").replaceFirst("-v.*$", ""), box);
            return box.only(tool -> pypy && tool.name().equals("PyPy")).newest(range, false);
        }
        String spec = semantic(wanted, setting.isTrue("allow-prereleases", false));
        return box.only(tool -> tool.name().equals("Python"))
                .newest(range(spec, box), setting.isTrue("check-latest", false));
    }

    private static SemRange range(String spec, Toolbox box) throws Failed {
        return SemRange.read(spec)
                .orElseThrow(() ->
                        new Failed(
                                "'%s' is no version of Python. Versions on this machine: %s"
                                        .formatted(spec, box.list())));
    }

    /** 3.13.0b2 is 3.13.0-b2, 3.13-dev means any of 3.13. */
    static String semantic(String wanted, boolean early) {
        String spec =
                wanted.replaceFirst("^(\\d+)\\.(\\d+)-dev$", "~$1.$2.0-0")
                        .replaceAll("(\\d+\\.\\d+\\.\\d+)-?((?:a|b|rc)\\d*)", "$1-$2");
        return early ? spec.replaceFirst("^(\\d+)\\.(\\d+)$", "~$1.$2.0-0") : spec;
    }

    private static Optional<SemVer> version(String written) {
        return SemVer.read(semantic(written, false));
    }

    private static void use(ActionSetting setting, Tool tool) throws Failed, InterruptedException {
        String program = !tool.vendor().isEmpty() ? tool.vendor() : tool.home() + "/bin/python";
        boolean update = setting.isTrue("update-environment", true);
        if (update) {
            setting.export("pythonLocation", tool.home());
            for (String name : List.of("Python_ROOT_DIR", "Python2_ROOT_DIR", "Python3_ROOT_DIR")) {
                setting.export(name, tool.home());
            }
            if (tool.alone()) {
                setting.export("PKG_CONFIG_PATH", tool.home() + "/lib/pkgconfig");
                String libraries = setting.env().getOrDefault("LD_LIBRARY_PATH", "");
                setting.export(
                        "LD_LIBRARY_PATH",
                        tool.home() + "/lib" + (libraries.isEmpty() ? "" : ":" + libraries));
                setting.addPath(tool.home());
            }
            ToolSetup.onPath(setting, tool, programs(program, tool));
        }
        String label = tool.name().equals("PyPy") ? "PyPy" : "CPython";
        setting.output("python-version", (tool.name().equals("PyPy") ? PYPY : "") + tool.written());
        setting.output("python-path", program);
        setting.log().line("Successfully set up %s (%s)".formatted(label, tool.written()));
    }

    private static Map<String, String> programs(String program, Tool tool) {
        var programs = new LinkedHashMap<String, String>();
        programs.put("python", program);
        programs.put("python3", program);
        programs.put(
                "python%d.%d".formatted(tool.version().major(), tool.version().minor()), program);
        programs.put("pip", tool.home() + "/bin/pip3");
        programs.put("pip3", tool.home() + "/bin/pip3");
        return programs;
    }

    private static void packages(ActionSetting setting) throws Failed, InterruptedException {
        String pip = setting.input("pip-version", "");
        if (!pip.isEmpty()) {
            if (!pip.matches("\\d+(\\.\\d+)?(\\.\\d+)?")) {
                throw new Failed(
                        "Invalid pip version \"%s\". Please specify a version in the format major[.minor][.patch]."
                                .formatted(pip));
            }
            setting.script("python -m pip install --upgrade pip==" + pip);
        }
        String install = setting.input("pip-install", "");
        if (!install.isEmpty()) {
            setting.script("python -m pip install " + install);
        }
    }

    private static List<String> wanted(ActionSetting setting) throws Failed {
        List<String> versions = lines(setting.input("python-version", ""));
        String file = setting.input("python-version-file", "");
        if (!versions.isEmpty() && !file.isEmpty()) {
            setting.log()
                    .warning(
                            "Both python-version and python-version-file inputs are specified, only"
                                    + " python-version will be used.");
        }
        if (!versions.isEmpty()) {
            return versions;
        }
        var files = new VersionFiles(setting);
        if (!file.isEmpty()) {
            List<String> read = fromFile(file, files.text(file, "python"));
            setting.log().line("Resolved %s as %s".formatted(file, String.join(", ", read)));
            return read;
        }
        Optional<String> usual = files.find(".python-version");
        return usual.isPresent() ? fromFile(".python-version", usual.get()) : List.of();
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    static List<String> fromFile(String file, String text) {
        if (file.endsWith(".toml")) {
            return VersionFiles.match("^\\s*requires-python\\s*=\\s*['\"]([^'\"]+)['\"]", text)
                    .or(() -> VersionFiles.match("^\\s*python\\s*=\\s*['\"]([^'\"]+)['\"]", text))
                    .map(SetupPython::pep440)
                    .stream()
                    .toList();
        }
        if (VersionFiles.named(file, "Pipfile")) {
            return VersionFiles.match("^\\s*python_full_version\\s*=\\s*['\"]([^'\"]+)['\"]", text)
                    .or(() ->
                            VersionFiles.match(
                                    "^\\s*python_version\\s*=\\s*['\"]([^'\"]+)['\"]", text))
                    .stream()
                    .toList();
        }
        if (VersionFiles.named(file, ".tool-versions")) {
            return VersionFiles.match("^python\\s+([^\\n#\\s]+)", text).stream().toList();
        }
        return lines(text);
    }

    /** Python's own way to write ranges. */
    private static String pep440(String range) {
        return range.replaceAll("==\\s*", "=")
                .replaceAll("~=\\s*(\\d+\\.\\d+\\.\\d+)", "~$1")
                .replaceAll("~=\\s*", "^")
                .replaceAll(",?\\s*!=\\s*[0-9.*]+", "");
    }
}
