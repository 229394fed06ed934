package dev.rondo.actions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The verb {@code rondo expr}: what an expression yields, as JSON: {@code {"kind", "value"}}, or
 * {@code {"error", "message", "column"}} with {@code lexing}, {@code parsing} or {@code evaluation}
 * as error (column 0 where none is known). Numbers that JSON cannot say are the strings {@code
 * NaN}, {@code Infinity} and {@code -Infinity}.
 */
public final class ExpressionVerb {
    private static final long MEMORY = 1 << 20;

    private ExpressionVerb() {}

    /**
     * One answer in one line.
     *
     * @param contexts what the expression sees by name; null or no object where it sees nothing
     */
    public static String answer(String expression, JsonNode contexts) {
        try {
            var seen = contexts.isObject() ? (Value.Obj) Json.value(contexts) : Value.of(Map.of());
            var value =
                    Expression.parse(inner(expression), List.copyOf(seen.entries().keySet()))
                            .value(new Scope(seen, Map.of(), MEMORY));
            return line(value);
        } catch (ExpressionFault fault) {
            return fault(
                    fault.stage().name().toLowerCase(Locale.ROOT), fault.message(), fault.column());
        }
    }

    /**
     * Answers each line of input, an object with {@code expr} and {@code contexts}, by one line.
     */
    public static void answerAll(BufferedReader input, PrintStream out) throws IOException {
        for (var line = input.readLine(); line != null; line = input.readLine()) {
            if (!line.isBlank()) {
                out.println(answerLine(line));
            }
        }
        out.flush();
    }

    private static String answerLine(String line) {
        try {
            var question = JsonMapper.shared().readTree(line);
            var expression = question.path("expr");
            if (!expression.isString()) {
                return fault("parsing", "the line has no string \"expr\"", 0);
            }
            return answer(expression.stringValue(), question.path("contexts"));
        } catch (JacksonException malformed) {
            return fault("parsing", "the line is no JSON: " + malformed.getOriginalMessage(), 0);
        }
    }

    /** People paste expressions with their braces. */
    private static String inner(String expression) {
        var stripped = expression.strip();
        return stripped.startsWith("${{") && stripped.endsWith("}}")
                ? stripped.substring(3, stripped.length() - 2)
                : expression;
    }

    private static String line(Value value) {
        var shown =
                value instanceof Value.Num num && !Double.isFinite(num.number())
                        ? Value.of(Numbers.exact(num.number()))
                        : value;
        var answer = new LinkedHashMap<String, Value>();
        answer.put("kind", Value.of(value.kind()));
        answer.put("value", shown);
        return Json.line(Value.of(answer));
    }

    private static String fault(String stage, String message, int column) {
        var answer = new LinkedHashMap<String, Value>();
        answer.put("error", Value.of(stage));
        answer.put("message", Value.of(message));
        answer.put("column", Value.of(column));
        return Json.line(Value.of(answer));
    }
}
