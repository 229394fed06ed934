package dev.rondo.actions;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes a text apart into what is written and what stands in <code>${{ }}</code>. A text with
 * expressions in it becomes one call of {@code format}, as on GitHub.
 */
final class ScalarReader {
    private static final String OPEN = "${{";
    private static final String NOT_CLOSED =
            "The expression is not closed. An unescaped ${{ sequence was found, but the closing }}"
                    + " sequence was not found.";
    private static final Map<List<String>, Vocabulary> VOCABULARIES = new ConcurrentHashMap<>();

    private final List<Mistake> mistakes;

    /** By the very list, which is the same for all places of a kind: its texts are not compared. */
    private final Map<List<String>, Vocabulary> known = new IdentityHashMap<>();

    ScalarReader(List<Mistake> mistakes) {
        this.mistakes = mistakes;
    }

    static Vocabulary vocabulary(List<String> allowed) {
        return VOCABULARIES.computeIfAbsent(allowed, Vocabulary::of);
    }

    /** Empty where the text is wrong; the mistakes are then written down. */
    Optional<Template> read(String text, Position at, List<String> allowed) {
        if (!text.contains(OPEN)) {
            return Optional.of(new Template.Literal(Value.of(text), at));
        }
        var format = new StringBuilder();
        var arguments = new ArrayList<String>();
        int from = 0;
        boolean good = true;
        while (from < text.length()) {
            int open = text.indexOf(OPEN, from);
            if (open < 0) {
                open = text.length();
            }
            format.append(escape(text.substring(from, open)));
            if (open == text.length()) {
                break;
            }
            int close = close(text, open + OPEN.length());
            if (close < 0) {
                mistakes.add(new Mistake(at, NOT_CLOSED, "}}"));
                return Optional.empty();
            }
            String inner = trim(text.substring(open + OPEN.length(), close - 2));
            boolean whole = open == 0 && close == text.length();
            if (inner.equals("insert")) {
                return insert(at, whole);
            }
            Optional<Expression> expression = parse(inner, at, allowed);
            if (expression.isEmpty()) {
                good = false;
            } else if (whole) {
                return Optional.of(whole(expression.get(), at));
            }
            format.append('{').append(arguments.size()).append('}');
            arguments.add(inner);
            from = close;
        }
        if (!good) {
            return Optional.empty();
        }
        String call = "format('" + format + "', " + String.join(", ", arguments) + ")";
        return parse(call, at, allowed).map(expression -> new Template.Dynamic(expression, at));
    }

    private Optional<Template> insert(Position at, boolean whole) {
        if (whole) {
            return Optional.of(new Template.Insert(at));
        }
        mistakes.add(
                new Mistake(
                        at,
                        "The directive 'insert' is not allowed in this context. Directives are not"
                                + " supported for expressions that are embedded within a string."
                                + " Directives are only supported when the entire value is an"
                                + " expression."));
        return Optional.empty();
    }

    /** A lone string literal is a text, not an expression. */
    private static Template whole(Expression expression, Position at) {
        return expression.literalText().isPresent()
                ? new Template.Literal(Value.of(expression.literalText().get()), at)
                : new Template.Dynamic(expression, at);
    }

    private Optional<Expression> parse(String inner, Position at, List<String> allowed) {
        if (inner.isEmpty()) {
            mistakes.add(new Mistake(at, "An expression was expected"));
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Expression.parse(
                            inner, known.computeIfAbsent(allowed, ScalarReader::vocabulary)));
        } catch (ExpressionFault e) {
            mistakes.add(new Mistake(at, e.message(), hint(e, allowed)));
            return Optional.empty();
        }
    }

    static String hint(ExpressionFault fault, List<String> allowed) {
        return fault.message().startsWith("Unrecognized named-value")
                ? "one of "
                        + String.join(
                                ", ", allowed.stream().filter(name -> !name.contains("(")).toList())
                : "";
    }

    /** Without space around, the kind that does not break a line included. */
    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && space(text.charAt(from))) {
            from++;
        }
        while (from < to && space(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean space(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    /** Behind the closing braces, or -1. */
    private static int close(String text, int from) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && c == '}' && text.charAt(i - 1) == '}') {
                return i + 1;
            }
        }
        return -1;
    }

    private static String escape(String text) {
        return text.replace("'", "''").replace("{", "{{").replace("}", "}}");
    }
}
