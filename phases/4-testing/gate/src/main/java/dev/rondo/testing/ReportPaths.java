package dev.rondo.testing;

import dev.rondo.testing.reports.ReportFormat;
import dev.rondo.testing.reports.Unreadable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which files of a workspace are reports: those with the names that tools give them, and those that
 * {@code .rondo/tests.yml} names:
 *
 * <pre>
 * defaults: true                       # false: only what is named here
 * tests:
 *   - path: "build/reports/api/*.xml"  # a glob, relative to the workspace
 *     format: junit                    # may be left out: the content tells
 *     level: integration               # unit, integration or ui; may be left out
 * coverage:
 *   - "coverage/lcov.info"
 * findings:
 *   - path: reports/eslint.json
 * </pre>
 *
 * @param named in the file, in its order
 * @param defaults whether the usual names count too
 */
record ReportPaths(List<Entry> named, boolean defaults) {

    static final String FILE = ".rondo/tests.yml";

    static final List<String> USUAL =
            List.of(
                    "**/junit*.xml",
                    "**/TEST-*.xml",
                    "**/lcov.info",
                    "**/cobertura*.xml",
                    "**/coverage.xml",
                    "**/jacoco*.xml",
                    "**/*.sarif",
                    "**/*.sarif.json",
                    "**/eslint*.json");

    static final ReportPaths STANDARD = new ReportPaths(List.of(), true);

    private static final int MOST = 50;

    /** What is named, with the format and the level of its tests where they are said. */
    record Entry(PathGlob path, Optional<ReportFormat> format, Optional<Level> level) {}

    /**
     * Reads the file's text.
     *
     * @throws Unreadable with the place and what was expected there
     */
    static ReportPaths parse(String text) {
        var root = YamlNode.parse(text);
        var named = new ArrayList<Entry>();
        boolean defaults = true;
        if (root.isPresent()) {
            var keys = List.of("defaults", "tests", "coverage", "findings");
            for (var entry : root.get().entries(keys).entrySet()) {
                if (entry.getKey().equals("defaults")) {
                    defaults = entry.getValue().truth();
                } else {
                    entry.getValue().items().forEach(item -> named.add(entry(item)));
                }
                if (named.size() > MOST) {
                    throw entry.getValue().fault("testing.yaml.many", MOST);
                }
            }
        }
        return new ReportPaths(List.copyOf(named), defaults);
    }

    private static Entry entry(YamlNode node) {
        if (node.isText()) {
            return new Entry(glob(node), Optional.empty(), Optional.empty());
        }
        var entries = node.entries(List.of("path", "format", "level"));
        var path = entries.get("path");
        if (path == null) {
            throw node.fault("testing.yaml.path.missing");
        }
        var level = Optional.ofNullable(entries.get("level")).map(ReportPaths::level);
        var format = Optional.ofNullable(entries.get("format")).map(ReportPaths::format);
        return new Entry(glob(path), format, level);
    }

    private static ReportFormat format(YamlNode node) {
        return Arrays.stream(ReportFormat.values())
                .filter(format -> format.word().equals(node.text()))
                .findFirst()
                .orElseThrow(() -> node.fault("testing.yaml.format", node.text()));
    }

    private static Level level(YamlNode node) {
        return Level.of(node.text())
                .orElseThrow(() -> node.fault("testing.yaml.level", node.text()));
    }

    private static PathGlob glob(YamlNode node) {
        var text = node.text().strip().replaceFirst("^\\./", "");
        boolean strange =
                text.isEmpty()
                        || text.length() > PathGlob.CHARS
                        || text.startsWith("/")
                        || text.indexOf('\\') >= 0
                        || text.chars().anyMatch(c -> c < ' ')
                        || List.of(text.split("/")).contains("..");
        if (strange) {
            throw node.fault("testing.yaml.path", text);
        }
        return PathGlob.of(text);
    }

    /** What was named decides about a path; else the usual names, outside of installed packages. */
    boolean takes(String path) {
        if (named.stream().anyMatch(entry -> entry.path.matches(path))) {
            return true;
        }
        return defaults
                && !List.of(path.split("/")).contains("node_modules")
                && USUAL.stream().anyMatch(glob -> PathGlob.of(glob).matches(path));
    }

    /** What the file says about a path. */
    Optional<Entry> entry(String path) {
        return named.stream().filter(entry -> entry.path.matches(path)).findFirst();
    }

    /** All globs, in the dialect of {@link java.nio.file.FileSystem#getPathMatcher}. */
    List<String> globs() {
        var globs = new ArrayList<String>();
        named.forEach(entry -> globs.addAll(entry.path.forPathMatcher()));
        if (defaults) {
            USUAL.forEach(glob -> globs.addAll(PathGlob.of(glob).forPathMatcher()));
        }
        return globs;
    }
}
