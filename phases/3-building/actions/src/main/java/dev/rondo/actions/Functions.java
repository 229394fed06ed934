package dev.rondo.actions;

import java.util.List;
import java.util.Locale;

/** The functions that may stand in every expression. */
final class Functions {
    private Functions() {}

    static Value call(String name, List<Value> arguments) {
        Value first = arguments.isEmpty() ? Value.NOTHING : arguments.getFirst();
        return switch (name) {
            case "contains" -> Value.of(contains(first, arguments.get(1)));
            case "startswith" -> Value.of(edge(first, arguments.get(1), true));
            case "endswith" -> Value.of(edge(first, arguments.get(1), false));
            case "format" -> Value.of(format(arguments));
            case "join" -> Value.of(join(arguments));
            case "tojson" -> Value.of(first.toJson());
            case "fromjson" -> Json.read(first.text());
            case "case" -> choose(arguments);
            default -> throw ExpressionFault.evaluation("Function '" + name + "' is not here");
        };
    }

    private static boolean contains(Value where, Value what) {
        if (where instanceof Value.Arr list) {
            return list.items().stream().anyMatch(item -> Comparison.equal(what, item));
        }
        return where.primitive()
                && what.primitive()
                && where.text()
                        .toLowerCase(Locale.ROOT)
                        .contains(what.text().toLowerCase(Locale.ROOT));
    }

    private static boolean edge(Value where, Value what, boolean start) {
        if (!where.primitive() || !what.primitive()) {
            return false;
        }
        String whole = Comparison.upper(where.text());
        String part = Comparison.upper(what.text());
        return start ? whole.startsWith(part) : whole.endsWith(part);
    }

    private static String join(List<Value> arguments) {
        Value first = arguments.getFirst();
        if (!(first instanceof Value.Arr list)) {
            return first.primitive() ? first.text() : "";
        }
        String between =
                arguments.size() > 1 && arguments.get(1).primitive()
                        ? arguments.get(1).text()
                        : ",";
        return String.join(between, list.items().stream().map(Value::text).toList());
    }

    private static Value choose(List<Value> arguments) {
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            if (!(arguments.get(i) instanceof Value.Bool predicate)) {
                throw ExpressionFault.evaluation("case predicate must evaluate to a boolean value");
            }
            if (predicate.on()) {
                return arguments.get(i + 1);
            }
        }
        return arguments.getLast();
    }

    private static String format(List<Value> arguments) {
        String pattern = arguments.getFirst().text();
        var result = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c != '{' && c != '}') {
                result.append(c);
                at++;
            } else if (at + 1 < pattern.length() && pattern.charAt(at + 1) == c) {
                result.append(c);
                at += 2;
            } else {
                int close = pattern.indexOf('}', at);
                if (c == '}' || close < 0) {
                    throw invalid(pattern);
                }
                result.append(argument(arguments, pattern, at + 1, close));
                at = close + 1;
            }
        }
        return result.toString();
    }

    private static String argument(List<Value> arguments, String pattern, int from, int to) {
        int end = from;
        while (end < to && pattern.charAt(end) >= '0' && pattern.charAt(end) <= '9') {
            end++;
        }
        if (end == from || end < to) {
            throw invalid(pattern);
        }
        if (end - from > 4
                || Integer.parseInt(pattern.substring(from, end)) > arguments.size() - 2) {
            throw ExpressionFault.evaluation(
                    "The following format string references more arguments than were supplied: "
                            + pattern);
        }
        return arguments.get(1 + Integer.parseInt(pattern.substring(from, end))).text();
    }

    private static ExpressionFault invalid(String pattern) {
        return ExpressionFault.evaluation("The following format string is invalid: " + pattern);
    }
}
