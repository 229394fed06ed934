package dev.rondo.actions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The problem matchers of a job. Takes lines in order and gives annotations, by the runner's rules:
 * the newest matcher comes first, a match resets all others, colours do not count. Not for several
 * threads.
 */
public final class ProblemMatchers {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m?");

    /** A pattern that looks at more characters of one line is given up. */
    private static final int MOST_LOOKS = 20_000_000;

    private static final int MOST_FAILURES = 3;

    /**
     * What a line says. {@code file} is as the tool prints it, put behind the folder of {@code
     * fromPath}; who knows the workspace makes it relative and drops what is not there.
     */
    public record Annotation(
            String severity,
            String message,
            String file,
            Optional<Integer> line,
            Optional<Integer> column,
            String code) {}

    /** One matcher at work: what the lines before the last pattern have given. */
    private static final class Running {
        private final ProblemMatcher matcher;
        private final List<Optional<Map<String, String>>> found = new ArrayList<>();
        private int failures;

        Running(ProblemMatcher matcher) {
            this.matcher = matcher;
            reset();
        }

        void reset() {
            found.clear();
            matcher.patterns().forEach(pattern -> found.add(Optional.empty()));
        }
    }

    /** Stops a pattern that tries too many ways. */
    private static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super("too many ways", null, false, false);
        }
    }

    private List<Running> active = new ArrayList<>();

    /** Puts a matcher first and takes out that of the same owner. */
    public void add(ProblemMatcher matcher) {
        remove(matcher.owner());
        active.addFirst(new Running(matcher));
    }

    public void remove(String owner) {
        active.removeIf(running -> running.matcher.owner().equalsIgnoreCase(owner));
    }

    public List<String> owners() {
        return active.stream().map(running -> running.matcher.owner()).toList();
    }

    /** The same matchers at the beginning of their work, for lines from elsewhere. */
    public ProblemMatchers beside() {
        var made = new ProblemMatchers();
        active.forEach(running -> made.active.add(new Running(running.matcher)));
        return made;
    }

    /** Takes over what others know beyond this. */
    public void learn(ProblemMatchers other) {
        other.active.reversed().stream()
                .map(running -> running.matcher)
                .filter(matcher -> owners().stream().noneMatch(matcher.owner()::equalsIgnoreCase))
                .forEach(this::add);
    }

    /** The annotation that a line completes. */
    public Optional<Annotation> line(String line) {
        if (active.isEmpty()) {
            return Optional.empty();
        }
        String plain = line.indexOf('\u001b') < 0 ? line : COLOUR.matcher(line).replaceAll("");
        for (Running running : List.copyOf(active)) {
            Optional<Map<String, String>> match = safely(running, plain);
            if (match.isPresent()) {
                active.stream().filter(other -> other != running).forEach(Running::reset);
                Optional<Annotation> annotation = annotation(running.matcher, match.get());
                if (annotation.isPresent()) {
                    return annotation;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Map<String, String>> safely(Running running, String line) {
        try {
            return match(running, line);
        } catch (Exhausted | StackOverflowError e) {
            running.reset();
            if (++running.failures >= MOST_FAILURES) {
                active = new ArrayList<>(active);
                active.remove(running);
            }
            return Optional.empty();
        }
    }

    /** From the last pattern to the first, so that a line is not taken by two of them. */
    private static Optional<Map<String, String>> match(Running running, String line) {
        List<ProblemMatcher.Line> patterns = running.matcher.patterns();
        for (int i = patterns.size() - 1; i >= 0; i--) {
            Optional<Map<String, String>> before =
                    i == 0 ? Optional.of(Map.of()) : running.found.get(i - 1);
            if (before.isEmpty()) {
                continue;
            }
            ProblemMatcher.Line pattern = patterns.get(i);
            boolean last = i == patterns.size() - 1;
            Optional<Map<String, String>> all = groups(pattern, line, before.get());
            if (last && all.isPresent()) {
                running.reset();
                if (pattern.loop()) {
                    running.found.set(i - 1, before);
                }
                return all;
            }
            if (last && i > 0) {
                running.found.set(i - 1, Optional.empty());
            } else if (!last) {
                running.found.set(i, all);
            }
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> groups(
            ProblemMatcher.Line pattern, String line, Map<String, String> before) {
        Matcher matcher = pattern.pattern().matcher(new Looks(line));
        if (!matcher.find()) {
            return Optional.empty();
        }
        var all = new HashMap<>(before);
        pattern.groups()
                .forEach((name, group) ->
                        all.putIfAbsent(
                                name, Optional.ofNullable(matcher.group(group)).orElse("")));
        return Optional.of(all);
    }

    private static Optional<Annotation> annotation(
            ProblemMatcher matcher, Map<String, String> found) {
        String message = found.getOrDefault("message", "");
        String severity =
                Optional.of(found.getOrDefault("severity", ""))
                        .filter(text -> !text.isEmpty())
                        .orElse(matcher.severity())
                        .toLowerCase(Locale.ROOT);
        boolean known = List.of("", "error", "warning", "notice").contains(severity);
        if (message.isBlank() || !known) {
            return Optional.empty();
        }
        return Optional.of(
                new Annotation(
                        severity.isEmpty() ? "error" : severity,
                        message,
                        file(found.getOrDefault("file", ""), found.getOrDefault("fromPath", "")),
                        number(found.getOrDefault("line", "")),
                        number(found.getOrDefault("column", "")),
                        found.getOrDefault("code", "").strip()));
    }

    private static String file(String file, String from) {
        int slash = from.lastIndexOf('/');
        return file.isBlank() || file.startsWith("/") || slash < 0
                ? file
                : from.substring(0, slash + 1) + file;
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    /** A line that counts how often it is looked at. */
    private static final class Looks implements CharSequence {
        private final String line;
        private int looks;

        Looks(String line) {
            this.line = line;
        }

        @Override
        public int length() {
            return line.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_LOOKS) {
                throw new Exhausted();
            }
            return line.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return line.substring(start, end);
        }

        @Override
        public String toString() {
            return line;
        }
    }
}
