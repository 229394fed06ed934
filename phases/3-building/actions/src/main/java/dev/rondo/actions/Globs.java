package dev.rondo.actions;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * GitHub's patterns of branches, tags and paths (workflow syntax, "Filter pattern cheat sheet"):
 * {@code *} without slash, {@code **} with, {@code ?} and {@code +} for the character before,
 * {@code []} for one of; {@code !} in front takes out again what matched before. The last pattern
 * that matches decides.
 */
public final class Globs {
    private record Rule(Pattern pattern, boolean excludes) {}

    private final List<Rule> rules;

    private Globs(List<Rule> rules) {
        this.rules = rules;
    }

    public static Globs of(List<String> patterns) {
        var rules = new ArrayList<Rule>();
        for (String pattern : patterns) {
            boolean excludes = pattern.startsWith("!");
            rules.add(new Rule(regex(excludes ? pattern.substring(1) : pattern), excludes));
        }
        return new Globs(rules);
    }

    public boolean matches(String name) {
        boolean matched = false;
        for (Rule rule : rules) {
            if (rule.pattern().matcher(name).matches()) {
                matched = !rule.excludes();
            }
        }
        return matched;
    }

    private static Pattern regex(String glob) {
        var regex = new StringBuilder();
        int i = 0;
        while (i < glob.length()) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> {
                    boolean twice = glob.startsWith("**", i);
                    boolean folder = twice && glob.startsWith("**/", i);
                    boolean atStart = i == 0 || glob.charAt(i - 1) == '/';
                    if (folder && atStart) {
                        regex.append("(?:.*/)?");
                        i += 2;
                    } else {
                        regex.append(twice ? ".*" : "[^/]*");
                        i += twice ? 1 : 0;
                    }
                }
                case '?', '+' -> regex.append(i == 0 ? "\\" + c : String.valueOf(c));
                case '[' -> {
                    int close = glob.indexOf(']', i + 1);
                    if (close < 0) {
                        regex.append("\\[");
                    } else {
                        String inside = glob.substring(i + 1, close);
                        regex.append('[')
                                .append(
                                        inside.replace("\\", "\\\\")
                                                .replace("[", "\\[")
                                                .replace("&&", "&\\&"))
                                .append(']');
                        i = close;
                    }
                }
                case '\\' -> {
                    i++;
                    if (i < glob.length()) {
                        regex.append(Pattern.quote(glob.substring(i, i + 1)));
                    }
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
            i++;
        }
        try {
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            return Pattern.compile(Pattern.quote(glob));
        }
    }
}
