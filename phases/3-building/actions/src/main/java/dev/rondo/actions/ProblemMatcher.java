package dev.rondo.actions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What finds annotations in the output of a tool: the JSON that {@code ::add-matcher::} names
 * (actions/toolkit, "Problem matchers"). {@link ProblemMatchers} applies it.
 *
 * @param severity where no pattern gives one; mostly empty, which is an error
 */
public record ProblemMatcher(String owner, String severity, List<Line> patterns) {
    private static final List<String> GROUPS =
            List.of("file", "line", "column", "severity", "code", "message", "fromPath");
    private static final Set<String> SEVERITIES = Set.of("", "error", "warning", "notice");

    /**
     * The pattern of one line.
     *
     * @param groups which group of the pattern is the file, the line, …
     * @param loop the last pattern is tried again on the next lines
     */
    public record Line(Pattern pattern, Map<String, Integer> groups, boolean loop) {}

    /** The matchers of a file, or why it cannot be used. */
    public sealed interface Reading {
        record Good(List<ProblemMatcher> matchers) implements Reading {}

        record Bad(String why) implements Reading {}
    }

    /** Ends the reading of a file that is wrong. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String why) {
            super(why, null, false, false);
        }
    }

    public static Reading read(String json) {
        try {
            Value root = Json.read(json);
            if (!(root.at("problemMatcher") instanceof Value.Arr list)) {
                throw new Wrong("The file has no list 'problemMatcher'");
            }
            var owners = new HashSet<String>();
            var matchers = new ArrayList<ProblemMatcher>();
            for (Value item : list.items()) {
                ProblemMatcher matcher = matcher(item);
                if (!owners.add(matcher.owner().toLowerCase(Locale.ROOT))) {
                    throw new Wrong("Duplicate owner name '" + matcher.owner() + "'");
                }
                matchers.add(matcher);
            }
            return new Reading.Good(List.copyOf(matchers));
        } catch (ExpressionFault e) {
            return new Reading.Bad("The file is no JSON: " + e.message());
        } catch (Wrong e) {
            return new Reading.Bad(String.valueOf(e.getMessage()));
        }
    }

    private static ProblemMatcher matcher(Value body) {
        String owner = body.at("owner").text();
        if (owner.isEmpty()) {
            throw new Wrong("Owner must not be empty");
        }
        String severity = body.at("severity").text();
        if (!SEVERITIES.contains(severity.toLowerCase(Locale.ROOT))) {
            throw new Wrong(
                    "Matcher '%s' contains unexpected default severity '%s'"
                            .formatted(owner, severity));
        }
        List<Value> written =
                body.at("pattern") instanceof Value.Arr list ? list.items() : List.of();
        if (written.isEmpty()) {
            throw new Wrong("Matcher '%s' does not contain any patterns".formatted(owner));
        }
        var seen = new HashSet<String>();
        var patterns = new ArrayList<Line>();
        for (int i = 0; i < written.size(); i++) {
            boolean mayLoop = i > 0 && i == written.size() - 1;
            patterns.add(line(written.get(i), mayLoop, seen));
        }
        if (!seen.contains("message")) {
            throw new Wrong("At least one pattern must set 'message'");
        }
        return new ProblemMatcher(owner, severity, List.copyOf(patterns));
    }

    private static Line line(Value body, boolean mayLoop, Set<String> seen) {
        boolean loop = body.at("loop").truthy();
        if (loop && !mayLoop) {
            throw new Wrong("Only the last pattern in a multiline matcher may set 'loop'");
        }
        if (loop && body.at("message") instanceof Value.Nothing) {
            throw new Wrong("The loop pattern must set 'message'");
        }
        Pattern pattern = pattern(body.at("regexp").text());
        int most = pattern.matcher("").groupCount();
        var groups = new TreeMap<String, Integer>();
        for (String name : GROUPS) {
            Optional<Value> written =
                    Optional.of(body.at(name)).filter(v -> !(v instanceof Value.Nothing));
            if (written.isEmpty()) {
                continue;
            }
            if (!seen.add(name)) {
                throw new Wrong("The property '%s' is set twice".formatted(name));
            }
            double group = written.get().number();
            if (!(group >= 0 && group <= most && group == Math.rint(group))) {
                throw new Wrong(
                        "The property '%s' is set to %s which is out of range"
                                .formatted(name, written.get().text()));
            }
            groups.put(name, (int) group);
        }
        return new Line(pattern, groups, loop);
    }

    private static Pattern pattern(String written) {
        try {
            return Pattern.compile(written);
        } catch (PatternSyntaxException | StackOverflowError e) {
            throw new Wrong("The pattern '%s' is no regular expression".formatted(written));
        }
    }
}
