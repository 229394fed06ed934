package dev.rondo.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern over paths with slashes: {@code *} and {@code ?} within one folder, {@code **} over any
 * number of folders, <code>{a,b}</code> for either. Matching takes time in proportion to pattern
 * times path, whatever the pattern: it comes from a file that anybody who may push can write.
 */
final class PathGlob {
    /** Longer than any real pattern. */
    static final int CHARS = 300;

    private static final int ALTERNATIVES = 64;

    private final String text;
    private final List<String[]> alternatives;

    private PathGlob(String text, List<String[]> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    static boolean isGlob(String text) {
        return text.chars().anyMatch(c -> "*?{".indexOf(c) >= 0);
    }

    /** How much of a glob names folders, without a wildcard; ends after a slash. */
    static int fixedPrefix(String glob) {
        int wild = 0;
        while (wild < glob.length() && "*?{".indexOf(glob.charAt(wild)) < 0) {
            wild++;
        }
        return glob.substring(0, wild).lastIndexOf('/') + 1;
    }

    static PathGlob of(String text) {
        var expanded = new ArrayList<String>();
        expand(text, expanded);
        return new PathGlob(text, expanded.stream().map(each -> each.split("/+")).toList());
    }

    /** Writes braces out; those that do not close, or are too many, stand for themselves. */
    private static void expand(String text, List<String> into) {
        int open = text.indexOf('{');
        int close = text.indexOf('}', Math.max(0, open));
        if (open < 0 || close < 0 || into.size() >= ALTERNATIVES) {
            into.add(text);
            return;
        }
        for (var choice : text.substring(open + 1, close).split(",", -1)) {
            if (into.size() < ALTERNATIVES) {
                expand(text.substring(0, open) + choice + text.substring(close + 1), into);
            }
        }
    }

    boolean matches(String path) {
        var segments = path.split("/");
        return alternatives.stream().anyMatch(pattern -> matches(pattern, segments));
    }

    /** Row by row: which beginnings of the path the beginning of the pattern matches. */
    private static boolean matches(String[] pattern, String[] path) {
        var reached = new boolean[path.length + 1];
        reached[0] = true;
        for (var part : pattern) {
            var next = new boolean[path.length + 1];
            if (part.equals("**")) {
                boolean any = false;
                for (int i = 0; i <= path.length; i++) {
                    any |= reached[i];
                    next[i] = any;
                }
            } else {
                for (int i = 0; i < path.length; i++) {
                    next[i + 1] = reached[i] && segment(part, path[i]);
                }
            }
            reached = next;
        }
        return reached[path.length];
    }

    /** Only the last star is ever tried again, which is enough within one segment. */
    private static boolean segment(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int from = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                from = t;
            } else if (p < pattern.length()
                    && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++from;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }

    /**
     * The same in the dialect of {@link java.nio.file.FileSystem#getPathMatcher}, where a leading
     * <code>**&#47;</code> wants at least one folder.
     */
    List<String> forPathMatcher() {
        return alternatives.stream()
                .map(parts -> String.join("/", parts))
                .map(glob -> glob.replaceAll("[\\[\\]{}]", "\\\\$0"))
                .map(glob -> glob.replace("**/", "{,**/}"))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathGlob glob && text.equals(glob.text);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new Object[] {text});
    }

    @Override
    public String toString() {
        return text;
    }
}
