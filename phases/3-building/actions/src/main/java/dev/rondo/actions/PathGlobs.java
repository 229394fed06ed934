package dev.rondo.actions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The patterns of {@code upload-artifact} and {@code hashFiles} (@actions/glob): one a line, {@code
 * *}, {@code **}, {@code ?}, {@code []}, {@code !} takes out again, a folder means all below it.
 * Paths are relative to the workspace.
 */
public final class PathGlobs {

    private record Rule(Pattern pattern, boolean excludes, String root) {}

    private final List<Rule> rules;

    private PathGlobs(List<Rule> rules) {
        this.rules = rules;
    }

    /** What is wrong with a pattern, or the patterns. */
    public sealed interface Reading {
        record Good(PathGlobs globs) implements Reading {}

        record Bad(String pattern, String why) implements Reading {}
    }

    /** {@code workspace} is the absolute folder that patterns may begin with. */
    public static Reading read(String lines, String workspace) {
        return read(lines, workspace, false);
    }

    /** As {@link #read}, but what leads out of the workspace, or takes nothing, matches nothing. */
    public static PathGlobs inside(String lines, String workspace) {
        return switch (read(lines, workspace, true)) {
            case Reading.Good good -> good.globs();
            case Reading.Bad bad -> new PathGlobs(List.of());
        };
    }

    private static Reading read(String lines, String workspace, boolean lenient) {
        var rules = new ArrayList<Rule>();
        for (String line : lines.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            boolean excludes = line.startsWith("!");
            String path = excludes ? line.substring(1).strip() : line;
            if (path.equals(workspace)) {
                path = ".";
            } else if (path.startsWith(workspace + "/")) {
                path = path.substring(workspace.length() + 1);
            }
            Optional<String> clean = clean(path);
            if (clean.isEmpty() && lenient) {
                continue;
            }
            if (clean.isEmpty()) {
                return new Reading.Bad(line, "it leads out of the workspace");
            }
            rules.add(new Rule(regex(clean.get()), excludes, root(clean.get())));
        }
        return rules.stream().allMatch(Rule::excludes)
                ? new Reading.Bad(lines.strip(), "it names nothing to take")
                : new Reading.Good(new PathGlobs(rules));
    }

    private static Optional<String> clean(String path) {
        if (path.startsWith("/") || path.startsWith("~")) {
            return Optional.empty();
        }
        var parts = new ArrayList<String>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                return Optional.empty();
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }

    private static Pattern regex(String glob) {
        if (glob.isEmpty()) {
            return Pattern.compile(".*", Pattern.DOTALL);
        }
        var regex = new StringBuilder();
        int i = 0;
        while (i < glob.length()) {
            char c = glob.charAt(i);
            if (glob.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '[' && glob.indexOf(']', i) > 0) {
                int close = glob.indexOf(']', i);
                String inside = glob.substring(i + 1, close).replace("\\", "\\\\");
                regex.append('[')
                        .append(inside.replaceFirst("^!", "^").replace("[", "\\["))
                        .append(']');
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
            i++;
        }
        return Pattern.compile(regex + "(?:/.*)?", Pattern.DOTALL);
    }

    /** The folders in front of the first wildcard. */
    private static String root(String glob) {
        var root = new ArrayList<String>();
        for (String part : glob.split("/", -1)) {
            if (part.matches(".*[*?\\[].*")) {
                break;
            }
            root.add(part);
        }
        return String.join("/", root);
    }

    public boolean matches(String path) {
        boolean matched = false;
        for (Rule rule : rules) {
            if (rule.pattern().matcher(path).matches()) {
                matched = !rule.excludes();
            }
        }
        return matched;
    }

    /**
     * The folder that the paths in the artifact are relative to: what all patterns begin with. Of
     * one pattern that names a file it is the file's folder.
     */
    public String base(List<String> found) {
        Optional<String> common = Optional.empty();
        for (Rule rule : rules) {
            if (!rule.excludes()) {
                String root = found.contains(rule.root()) ? parent(rule.root()) : rule.root();
                common = Optional.of(common.map(before -> shared(before, root)).orElse(root));
            }
        }
        return common.orElse("");
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static String shared(String one, String other) {
        var shared = new ArrayList<String>();
        List<String> left = List.of(one.split("/", -1));
        List<String> right = List.of(other.split("/", -1));
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!left.get(i).equals(right.get(i))) {
                break;
            }
            shared.add(left.get(i));
        }
        return String.join("/", shared);
    }
}
