package dev.rondo.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A pattern for names of artifacts as minimatch reads it: stars, question marks, sets, braces and a
 * negation in front. Names have no slashes, so two stars are one.
 */
final class NamePattern {

    private NamePattern() {}

    static Predicate<String> of(String text) {
        boolean negated = text.startsWith("!");
        var pattern = negated ? text.substring(1) : text;
        var any =
                braces(pattern).stream()
                        .map(one -> Pattern.compile(regex(one), Pattern.DOTALL).asMatchPredicate())
                        .toList();
        return name -> any.stream().anyMatch(one -> one.test(name)) != negated;
    }

    private static List<String> braces(String pattern) {
        int open = pattern.indexOf('{');
        int close = pattern.indexOf('}', open + 1);
        if (open < 0 || close < 0 || pattern.substring(open, close).indexOf(',') < 0) {
            return List.of(pattern);
        }
        var all = new ArrayList<String>();
        for (String one : pattern.substring(open + 1, close).split(",", -1)) {
            all.addAll(braces(pattern.substring(0, open) + one + pattern.substring(close + 1)));
            if (all.size() > 1_000) {
                break;
            }
        }
        return all;
    }

    private static String regex(String pattern) {
        var regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int end = pattern.indexOf(']', i + 2);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '[' -> {
                    if (end < 0) {
                        regex.append("\\[");
                    } else {
                        var set =
                                pattern.substring(i + 1, end)
                                        .replace("\\", "\\\\")
                                        .replace("[", "\\[");
                        regex.append('[')
                                .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                                .append(']');
                        i = end;
                    }
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }
}
