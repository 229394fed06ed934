package dev.rondo.natives;

import dev.rondo.jobs.ActionSetting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code actions/setup-java}: chooses among the JDKs that are there. */
record SetupJava(DependencyCache cache) implements SetupAction {

    /** A version as it is asked for: early ones only where that is said. */
    record Wanted(String text, SemRange range, String build, boolean early) {
        boolean fits(Tool tool) {
            boolean preview = tool.written().contains("-ea");
            return preview == early
                    && range.has(tool.version())
                    && (build.isEmpty() || tool.version().build().startsWith(build));
        }
    }

    @Override
    public void run(ActionSetting setting) throws Failed, IOException, InterruptedException {
        var files = new JavaVersionFile(setting);
        String distribution =
                setting.input("distribution", files.distribution()).toLowerCase(Locale.ROOT);
        if (distribution.isEmpty()) {
            throw new Failed("Input required and not supplied: distribution");
        }
        boolean brought = distribution.equals(JdkFile.DISTRIBUTION);
        if (!brought && !JavaVendors.known(distribution)) {
            throw new Failed("No supported distribution was found for input " + distribution);
        }
        List<String> written = wanted(setting, files);
        setting.output("cache-hit", "false");
        String architecture = Toolbox.architecture(setting);
        if (architecture.equals("arm64")) {
            architecture = "aarch64";
        }
        List<Tool> chosen =
                brought
                        ? List.of(JdkFile.unpack(setting, written.getLast()))
                        : chosen(setting, written, distribution, architecture);
        for (Tool tool : chosen) {
            boolean last = tool == chosen.getLast();
            use(setting, tool, architecture, last && setting.isTrue("set-default", true));
        }
        setting.output("distribution", title(distribution));
        MavenFiles.write(setting, chosen, distribution);
        if (!setting.input("cache", "").isEmpty()) {
            cache(setting);
        }
        if (setting.isTrue("problem-matcher", true)) {
            ToolSetup.matchers(setting, List.of("java"));
        }
    }

    private static final Map<String, DependencyCache.Plan> MANAGERS =
            Map.of(
                    "maven",
                    plan(List.of("~/.m2/repository"), "**/pom.xml"),
                    "gradle",
                    plan(
                            List.of("~/.gradle/caches", "~/.gradle/wrapper"),
                            "**/*.gradle*",
                            "**/gradle-wrapper.properties",
                            "buildSrc/**/Versions.kt",
                            "buildSrc/**/Dependencies.kt",
                            "gradle/*.versions.toml",
                            "**/versions.properties"),
                    "sbt",
                    plan(
                            List.of("~/.ivy2/cache", "~/.sbt", "~/.cache/coursier"),
                            "**/*.sbt",
                            "**/project/build.properties",
                            "**/project/**.scala",
                            "**/project/**.sbt"));

    /** What a manager keeps, and in the place of keys the files that they are made of. */
    private static DependencyCache.Plan plan(List<String> paths, String... files) {
        return new DependencyCache.Plan("", paths, "", List.of(files));
    }

    private void cache(ActionSetting setting) throws Failed, IOException, InterruptedException {
        String manager = setting.input("cache", "");
        DependencyCache.Plan plan = MANAGERS.get(manager);
        if (plan == null) {
            throw new Failed("unknown package manager specified: " + manager);
        }
        List<String> given = DependencyCache.patterns(setting);
        List<String> files = given.isEmpty() ? plan.others() : given;
        String hash = setting.hashFiles(files);
        if (hash.isEmpty()) {
            throw new Failed(
                    "No file in %s matched to [%s], make sure you have checked out the target repository"
                            .formatted(setting.workspace(), String.join(",", files)));
        }
        String key = "setup-java-%s-%s-%s".formatted(DependencyCache.platform(), manager, hash);
        var found =
                cache.restore(
                        setting, new DependencyCache.Plan(manager, plan.paths(), key, List.of()));
        setting.output("cache-hit", String.valueOf(found.filter(key::equals).isPresent()));
    }

    private static String title(String distribution) {
        return JavaVendors.folder(distribution);
    }

    private static List<String> wanted(ActionSetting setting, JavaVersionFile files) throws Failed {
        List<String> versions =
                setting.input("java-version", "")
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
        if (!versions.isEmpty()) {
            return versions;
        }
        return List.of(
                files.version()
                        .orElseThrow(() ->
                                new Failed("java-version or java-version-file input expected")));
    }

    private static List<Tool> chosen(
            ActionSetting setting, List<String> written, String distribution, String architecture)
            throws Failed, InterruptedException {
        Toolbox box = Toolbox.of(setting, "java", architecture, SetupJava::version);
        String kind = setting.input("java-package", "jdk");
        var chosen = new ArrayList<Tool>();
        for (String one : written) {
            chosen.add(choose(setting, box, read(one), distribution, kind));
        }
        return chosen;
    }

    /** One of the tool cache by that vendor; then the machine's by that vendor, then by any. */
    private static Tool choose(
            ActionSetting setting, Toolbox box, Wanted wanted, String distribution, String kind)
            throws Failed {
        Toolbox right = box.only(tool -> JavaVendors.packages(tool, kind));
        Optional<Tool> exact =
                right.only(tool -> JavaVendors.made(tool, distribution))
                        .newest(wanted::fits, setting.isTrue("check-latest", false));
        if (exact.isPresent()) {
            return exact.get();
        }
        Optional<Tool> other = right.only(tool -> !tool.cached()).newest(wanted::fits, true);
        if (other.isEmpty()) {
            throw new Failed(
                    "Could not find satisfied version for SemVer '%s'. Versions on this machine: %s"
                            .formatted(wanted.text(), box.list()));
        }
        setting.log()
                .line(
                        "There is no %s of the distribution '%s' here; taking the one by %s"
                                .formatted(
                                        wanted.text(),
                                        distribution,
                                        other.get().vendor().isEmpty()
                                                ? "this machine"
                                                : other.get().vendor()));
        return other.get();
    }

    private static void use(
            ActionSetting setting, Tool tool, String architecture, boolean standard) {
        setting.log().line("Resolved Java %s from tool-cache".formatted(tool.version()));
        String variable =
                "JAVA_HOME_%d_%s"
                        .formatted(
                                tool.version().major(),
                                architecture.toUpperCase(Locale.ROOT).replace("AARCH64", "ARM64"));
        setting.export(variable, tool.home());
        if (standard) {
            setting.log().line("Setting Java %s as the default".formatted(tool.version()));
            setting.export("JAVA_HOME", tool.home());
            setting.addPath(tool.home() + "/bin");
        }
        setting.output("path", tool.home());
        setting.output("version", tool.version().toString());
    }

    /**
     * As the real one: {@code latest}, {@code 21}, {@code 17.0.x}, {@code 21-ea}, {@code
     * 21.0.2+13}.
     */
    static Wanted read(String text) throws Failed {
        String version = text.strip().toLowerCase(Locale.ROOT);
        if (version.equals("latest")) {
            return new Wanted(text, SemRange.read("x").orElseThrow(), "", false);
        }
        boolean early = version.endsWith("-ea") || version.contains("-ea.");
        String plain = version.replace("-ea.", "+").replaceFirst("-ea$", "");
        int plus = plain.indexOf('+');
        String build = plus < 0 ? "" : plain.substring(plus + 1);
        Optional<SemRange> range = SemRange.read(plus < 0 ? plain : plain.substring(0, plus));
        if (range.isEmpty() || version.startsWith("latest")) {
            throw unread(text);
        }
        return new Wanted(text, range.get(), build, early);
    }

    static Failed unread(String version) {
        return new Failed(
                ("The string '%s' is not valid SemVer notation for a Java version. Please check README file"
                                + " for code snippets and more detailed information")
                        .formatted(version));
    }

    /** As JDKs write versions: {@code 1.8.0_392-b08}, {@code 21.0.2+13-LTS}, {@code 21.0.2-13}. */
    static Optional<SemVer> version(String written) {
        String text =
                written.replaceFirst("^1\\.(\\d+)\\.0_(\\d+)(?:-b(\\d+))?.*$", "$1.0.$2+$3")
                        .replaceFirst("^1\\.(\\d+)\\.0.*$", "$1.0.0")
                        .replaceFirst("\\+$", "")
                        .replace("-ea.", "+")
                        .replaceFirst("-ea", "")
                        .replaceFirst("^(\\d+(?:\\.\\d+){0,2})-(\\d)", "$1+$2")
                        .replaceFirst("^(\\d+\\.\\d+\\.\\d+)\\.([\\d.]+)\\+?", "$1+$2.")
                        .replaceFirst("\\.$", "")
                        .replaceFirst("(\\+[\\d.]+).*$", "$1");
        return SemVer.read(text);
    }
}
