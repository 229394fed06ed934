package dev.rondo.actions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The patterns of {@code upload-artifact} and {@code hashFiles} (@actions/glob): one a line, {@code
 * *}, {@code **}, {@code ?}, {@code []}, {@code !} takes out again, a folder means all below it.
 * All paths are absolute; what a pattern says without a slash in front is below the workspace.
 */
public final class PathGlobs {

    private record Rule(Pattern pattern, boolean excludes, String root) {
        boolean isIn(String folder) {
            return root.equals(folder) || root.startsWith(folder + "/");
        }
    }

    private final List<Rule> rules;
    private final List<String> roots;

    private PathGlobs(List<Rule> rules) {
        this.rules = rules;
        this.roots =
                rules.stream().filter(rule -> !rule.excludes()).map(Rule::root).distinct().toList();
    }

    /** What is wrong with a pattern, or the patterns. */
    public sealed interface Reading {
        record Good(PathGlobs globs) implements Reading {}

        record Bad(String why) implements Reading {}
    }

    /**
     * @param workspace the folder of patterns that are not absolute
     * @param home what {@code ~} stands for
     */
    public static Reading read(String lines, String workspace, String home) {
        var rules = new ArrayList<Rule>();
        for (String line : lines.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            boolean excludes = line.startsWith("!");
            String path = excludes ? line.substring(1).strip() : line;
            if (List.of(path.split("/", -1)).contains("..")) {
                return new Reading.Bad(
                        "Invalid pattern '%s'. Relative pathing '.' and '..' is not allowed."
                                .formatted(path));
            }
            rules.add(rule(absolute(path, workspace, home), excludes));
        }
        return rules.stream().allMatch(Rule::excludes)
                ? new Reading.Bad("The path '%s' names nothing to take".formatted(lines.strip()))
                : new Reading.Good(new PathGlobs(rules));
    }

    /** As {@link #read}, but what leads out of the workspace, or takes nothing, matches nothing. */
    public static PathGlobs inside(String lines, String workspace) {
        return switch (read(lines, workspace, "/")) {
            case Reading.Good good ->
                    new PathGlobs(
                            good.globs().rules.stream()
                                    .filter(rule -> rule.isIn(workspace))
                                    .toList());
            case Reading.Bad bad -> new PathGlobs(List.of());
        };
    }

    private static Rule rule(String glob, boolean excludes) {
        return new Rule(regex(glob), excludes, root(glob));
    }

    private static String absolute(String path, String workspace, String home) {
        String whole =
                path.startsWith("/")
                        ? path
                        : path.equals("~") || path.startsWith("~/")
                                ? home + path.substring(1)
                                : workspace + "/" + path;
        var parts = new ArrayList<String>();
        for (String part : whole.split("/", -1)) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    private static Pattern regex(String glob) {
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
        for (String part : glob.substring(1).split("/", -1)) {
            if (part.matches(".*[*?\\[].*")) {
                break;
            }
            root.add(part);
        }
        return "/" + String.join("/", root);
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

    /** Where files may be found: a folder or file for each pattern that takes some. */
    public List<String> roots() {
        return roots;
    }

    /**
     * Whether a file can be found without passing what begins with a dot, below where one looks.
     */
    public boolean isInSight(String path) {
        return roots.stream()
                .filter(root -> path.equals(root) || path.startsWith(below(root)))
                .anyMatch(root -> !path.substring(parent(root).length()).contains("/."));
    }

    /**
     * The folder that the paths in the artifact are relative to: what all patterns begin with. Of a
     * pattern that names a file it is the file's folder.
     */
    public String base(Set<String> found) {
        return roots.stream()
                .map(root -> found.contains(root) ? parent(root) : root)
                .reduce(PathGlobs::shared)
                .orElse("/");
    }

    /** How the paths below a folder begin. */
    public static String below(String folder) {
        return folder.equals("/") ? folder : folder + "/";
    }

    /** Empty for what lies at the top, so that what is left of its path begins with a slash. */
    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
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
        return shared.size() < 2 ? "/" : String.join("/", shared);
    }
}
