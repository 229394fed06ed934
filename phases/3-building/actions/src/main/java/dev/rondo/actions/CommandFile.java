package dev.rondo.actions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a step wrote into {@code GITHUB_ENV} or {@code GITHUB_OUTPUT}: {@code name=value}, or {@code
 * name<<DELIMITER}, lines, {@code DELIMITER} (actions/runner, FileCommandManager).
 */
public final class CommandFile {
    private static final Set<String> BLOCKED = Set.of("NODE_OPTIONS");

    private CommandFile() {}

    /** Throws {@link ExpressionFault} with GitHub's words where the file is not as it must be. */
    public static Map<String, String> pairs(String text) {
        var pairs = new LinkedHashMap<String, String>();
        List<String> lines = List.of(text.split("\r?\n", -1));
        int i = 0;
        while (i < lines.size()) {
            String line = lines.get(i++);
            if (line.isEmpty()) {
                continue;
            }
            int equals = line.indexOf('=');
            int heredoc = line.indexOf("<<");
            if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
                if (equals == 0) {
                    throw invalid(line, "Name must not be empty");
                }
                pairs.put(line.substring(0, equals), line.substring(equals + 1));
            } else if (heredoc >= 0) {
                i = heredoc(lines, i, line, heredoc, pairs);
            } else {
                throw invalid(line, "");
            }
        }
        return pairs;
    }

    private static int heredoc(
            List<String> lines, int from, String line, int at, Map<String, String> pairs) {
        String name = line.substring(0, at);
        String delimiter = line.substring(at + 2);
        if (name.isEmpty() || delimiter.isEmpty()) {
            throw invalid(line, "Name and delimiter must not be empty");
        }
        int end = from;
        while (end < lines.size() && !lines.get(end).equals(delimiter)) {
            end++;
        }
        if (end == lines.size()) {
            throw ExpressionFault.evaluation(
                    "Invalid value. Matching delimiter not found '" + delimiter + "'");
        }
        pairs.put(name, String.join("\n", lines.subList(from, end)));
        return end + 1;
    }

    private static ExpressionFault invalid(String line, String why) {
        return ExpressionFault.evaluation(
                "Invalid format '" + line + "'" + (why.isEmpty() ? "" : ". " + why));
    }

    /** Variables that a step may not set for the steps behind it. */
    public static boolean blocked(String variable) {
        return BLOCKED.stream().anyMatch(variable::equalsIgnoreCase);
    }
}
