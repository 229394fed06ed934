package dev.rondo.actions;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An expression that was read; it may be evaluated many times. */
public final class Expression {
    private static final Set<String> STATUS = Set.of("success", "failure", "cancelled", "always");

    private final String text;
    private final Expr tree;

    private Expression(String text, Expr tree) {
        this.text = text;
        this.tree = tree;
    }

    /**
     * Reads what stands between <code>${{</code> and <code>}}</code>. {@code allowed} names the
     * contexts and, as {@code name(least,most)}, the functions beyond the built-in ones.
     */
    public static Expression parse(String text, List<String> allowed) {
        return parse(text, Vocabulary.of(allowed));
    }

    static Expression parse(String text, Vocabulary vocabulary) {
        return new Expression(text, ExprParser.parse(text, vocabulary));
    }

    /**
     * Reads a condition: without a status function it means {@code success() && (condition)}, and
     * empty it means {@code success()}.
     */
    static Expression condition(String text, Vocabulary vocabulary) {
        if (text.isBlank()) {
            return parse("success()", vocabulary);
        }
        Expression bare = parse(text, vocabulary);
        return bare.asksStatus() ? bare : parse("success() && (" + text + ")", vocabulary);
    }

    public String text() {
        return text;
    }

    /** Throws {@link ExpressionFault} where it cannot be evaluated. */
    public Value value(Scope scope) {
        return new Evaluator(scope).value(tree);
    }

    boolean asksStatus() {
        return asksStatus(tree);
    }

    /** The text, where the whole expression is one quoted string. */
    Optional<String> literalText() {
        return tree instanceof Expr.Literal(Value.Text literal)
                ? Optional.of(literal.text())
                : Optional.empty();
    }

    private static boolean asksStatus(Expr expr) {
        return expr instanceof Expr.Call call && STATUS.contains(call.function())
                || expr.children().stream().anyMatch(Expression::asksStatus);
    }

    @Override
    public String toString() {
        return text;
    }
}
