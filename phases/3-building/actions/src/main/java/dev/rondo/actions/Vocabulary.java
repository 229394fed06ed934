package dev.rondo.actions;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which contexts and which functions beyond the built-in ones may stand in an expression. Made from
 * the list that the schema gives for a key: {@code github}, {@code hashFiles(1,255)}.
 */
record Vocabulary(Set<String> contexts, Map<String, Arity> functions) {
    private static final Pattern FUNCTION =
            Pattern.compile("([a-zA-Z0-9_]+)\\(([0-9]+),([0-9]+|MAX)\\)");
    private static final Map<String, Arity> BUILT_IN =
            Map.of(
                    "contains", new Arity(2, 2),
                    "startswith", new Arity(2, 2),
                    "endswith", new Arity(2, 2),
                    "format", new Arity(1, 255),
                    "join", new Arity(1, 2),
                    "tojson", new Arity(1, 1),
                    "fromjson", new Arity(1, 1),
                    "case", new Arity(3, Integer.MAX_VALUE));

    /** How many arguments a function takes. */
    record Arity(int least, int most) {}

    static Vocabulary of(List<String> allowed) {
        var contexts = new LinkedHashSet<String>();
        var functions = new TreeMap<String, Arity>();
        for (String item : allowed) {
            Matcher function = FUNCTION.matcher(item);
            if (function.matches()) {
                String most = function.group(3);
                functions.put(
                        function.group(1).toLowerCase(Locale.ROOT),
                        new Arity(
                                Integer.parseInt(function.group(2)),
                                most.equals("MAX") ? Integer.MAX_VALUE : Integer.parseInt(most)));
            } else {
                contexts.add(item.toLowerCase(Locale.ROOT));
            }
        }
        return new Vocabulary(contexts, functions);
    }

    boolean knows(String context) {
        return contexts.contains(context.toLowerCase(Locale.ROOT));
    }

    /** The arity, or one of -1 where there is no such function. */
    Arity arity(String function) {
        String folded = function.toLowerCase(Locale.ROOT);
        Arity own = functions.get(folded);
        return own != null ? own : BUILT_IN.getOrDefault(folded, new Arity(-1, -1));
    }
}
