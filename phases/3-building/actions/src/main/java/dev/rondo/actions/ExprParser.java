package dev.rondo.actions;

import dev.rondo.actions.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Recursive descent over the tokens, with GitHub's limit of depth and its error messages. */
final class ExprParser {
    static final int MAX_DEPTH = 50;

    private final String input;
    private final List<Token> tokens;
    private final Vocabulary vocabulary;
    private int position;
    private int depth;

    private ExprParser(String input, Vocabulary vocabulary) {
        this.input = input;
        this.tokens = Lexer.tokens(input);
        this.vocabulary = vocabulary;
    }

    static Expr parse(String input, Vocabulary vocabulary) {
        var parser = new ExprParser(input, vocabulary);
        if (parser.at(Kind.END)) {
            return new Expr.Literal(Value.NOTHING);
        }
        Expr tree = parser.expression();
        if (!parser.at(Kind.END)) {
            throw parser.fault("Unexpected symbol", parser.peek());
        }
        return tree;
    }

    private Expr expression() {
        deeper();
        Expr tree = or();
        depth--;
        return tree;
    }

    private Expr or() {
        Expr first = and();
        if (!at(Kind.OR)) {
            return first;
        }
        deeper();
        var operands = new ArrayList<>(List.of(first));
        while (take(Kind.OR)) {
            operands.add(and());
        }
        depth--;
        return new Expr.Or(operands);
    }

    private Expr and() {
        Expr first = equality();
        if (!at(Kind.AND)) {
            return first;
        }
        deeper();
        var operands = new ArrayList<>(List.of(first));
        while (take(Kind.AND)) {
            operands.add(equality());
        }
        depth--;
        return new Expr.And(operands);
    }

    private Expr equality() {
        Expr left = comparison();
        while (at(Kind.EQUAL) || at(Kind.NOT_EQUAL)) {
            Kind operator = next().kind();
            left = new Expr.Compare(operator, left, comparison());
        }
        return left;
    }

    private Expr comparison() {
        Expr left = not();
        while (at(Kind.GREATER)
                || at(Kind.GREATER_OR_EQUAL)
                || at(Kind.LESS)
                || at(Kind.LESS_OR_EQUAL)) {
            Kind operator = next().kind();
            left = new Expr.Compare(operator, left, not());
        }
        return left;
    }

    private Expr not() {
        if (!take(Kind.NOT)) {
            return index();
        }
        deeper();
        Expr operand = not();
        depth--;
        return new Expr.Not(operand);
    }

    private Expr index() {
        boolean literal = at(Kind.LITERAL);
        Expr target = call();
        int levels = 0;
        while (!literal && (at(Kind.LEFT_BRACKET) || at(Kind.DOT))) {
            target = new Expr.Index(target, take(Kind.DOT) ? property() : bracket());
            deeper();
            levels++;
        }
        depth -= levels;
        return target;
    }

    private Expr property() {
        if (take(Kind.STAR)) {
            return new Expr.Star();
        }
        if (!at(Kind.WORD)) {
            throw fault("Unexpected symbol", peek());
        }
        return new Expr.Literal(Value.of(next().text()));
    }

    private Expr bracket() {
        next();
        Expr index = take(Kind.STAR) ? new Expr.Star() : expression();
        expect(Kind.RIGHT_BRACKET);
        return index;
    }

    private Expr call() {
        if (!at(Kind.WORD)) {
            return primary();
        }
        Token name = next();
        if (!take(Kind.LEFT_PAREN)) {
            if (!vocabulary.knows(name.text())) {
                throw fault("Unrecognized named-value", name);
            }
            return new Expr.Context(name.text());
        }
        var arguments = new ArrayList<Expr>();
        while (!take(Kind.RIGHT_PAREN)) {
            arguments.add(expression());
            if (!at(Kind.RIGHT_PAREN)) {
                expect(Kind.COMMA);
            }
        }
        check(name, arguments.size());
        return new Expr.Call(name.text().toLowerCase(Locale.ROOT), arguments);
    }

    private void check(Token name, int arguments) {
        Vocabulary.Arity arity = vocabulary.arity(name.text());
        if (arity.least() < 0) {
            throw fault("Unrecognized function", name);
        }
        if (arguments < arity.least()) {
            throw fault("Too few parameters supplied", name);
        }
        if (arguments > arity.most()) {
            throw fault("Too many parameters supplied", name);
        }
        if (name.text().equalsIgnoreCase("case") && arguments % 2 == 0) {
            throw fault(
                    "Even number of parameters supplied, requires an odd number of parameters",
                    name);
        }
    }

    private Expr primary() {
        if (at(Kind.LITERAL)) {
            return new Expr.Literal(next().value());
        }
        if (take(Kind.LEFT_PAREN)) {
            Expr inner = expression();
            expect(Kind.RIGHT_PAREN);
            return inner;
        }
        throw fault("Unexpected symbol", peek());
    }

    private void expect(Kind kind) {
        if (!take(kind)) {
            throw fault("Unexpected symbol", peek());
        }
    }

    private boolean take(Kind kind) {
        if (at(kind)) {
            position++;
            return true;
        }
        return false;
    }

    private boolean at(Kind kind) {
        return peek().kind() == kind;
    }

    private Token peek() {
        return tokens.get(position);
    }

    private Token next() {
        return tokens.get(position++);
    }

    private void deeper() {
        if (++depth > MAX_DEPTH) {
            throw fault("Exceeded max expression depth " + MAX_DEPTH, peek());
        }
    }

    /** At the end the last symbol before it is named. */
    private ExpressionFault fault(String what, Token token) {
        Token named = token;
        String said = what;
        if (token.kind() == Kind.END && what.equals("Unexpected symbol")) {
            named = tokens.get(Math.max(0, tokens.size() - 2));
            said = "Unexpected end of expression";
        }
        return new ExpressionFault(
                ExpressionFault.Stage.PARSING,
                "%s: '%s'. Located at position %d within expression: %s"
                        .formatted(said, named.text(), named.column(), input),
                named.column());
    }
}
