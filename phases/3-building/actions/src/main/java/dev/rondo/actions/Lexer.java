package dev.rondo.actions;

import dev.rondo.actions.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an expression into tokens, as GitHub's lexer does (actions/languageservices, expressions):
 * what is no legal symbol is read up to the next boundary and named in the error.
 */
final class Lexer {
    static final int MAX_LENGTH = 21_000;

    private final String input;
    private final List<Token> tokens = new ArrayList<>();
    private int start;
    private int offset;

    private Lexer(String input) {
        this.input = input;
    }

    static List<Token> tokens(String input) {
        if (input.length() > MAX_LENGTH) {
            throw new ExpressionFault(
                    ExpressionFault.Stage.LEXING,
                    "Exceeded max expression length " + MAX_LENGTH,
                    MAX_LENGTH);
        }
        return new Lexer(input).lex();
    }

    private List<Token> lex() {
        while (offset < input.length()) {
            start = offset;
            one(input.charAt(offset++));
        }
        start = offset;
        add(Kind.END);
        return tokens;
    }

    private void one(char c) {
        switch (c) {
            case '(' -> add(Kind.LEFT_PAREN);
            case ')' -> add(Kind.RIGHT_PAREN);
            case '[' -> add(Kind.LEFT_BRACKET);
            case ']' -> add(Kind.RIGHT_BRACKET);
            case ',' -> add(Kind.COMMA);
            case '*' -> add(Kind.STAR);
            case '.' -> dotOrNumber();
            case '-', '+' -> number();
            case '!' -> add(next('=') ? Kind.NOT_EQUAL : Kind.NOT);
            case '<' -> add(next('=') ? Kind.LESS_OR_EQUAL : Kind.LESS);
            case '>' -> add(next('=') ? Kind.GREATER_OR_EQUAL : Kind.GREATER);
            case '=' -> pair('=', Kind.EQUAL);
            case '&' -> pair('&', Kind.AND);
            case '|' -> pair('|', Kind.OR);
            case '\'' -> string();
            default -> {
                if (space(c)) {
                    return;
                }
                if (c >= '0' && c <= '9') {
                    number();
                } else {
                    word();
                }
            }
        }
    }

    private void dotOrNumber() {
        switch (previous()) {
            case WORD, RIGHT_BRACKET, RIGHT_PAREN, STAR -> add(Kind.DOT);
            default -> number();
        }
    }

    private void pair(char second, Kind kind) {
        if (next(second)) {
            add(kind);
        } else {
            word();
        }
    }

    private Kind previous() {
        return tokens.isEmpty() ? Kind.END : tokens.getLast().kind();
    }

    private boolean next(char wanted) {
        if (offset < input.length() && input.charAt(offset) == wanted) {
            offset++;
            return true;
        }
        return false;
    }

    private void add(Kind kind) {
        add(kind, Value.NOTHING);
    }

    private void add(Kind kind, Value value) {
        tokens.add(new Token(kind, input.substring(start, offset), value, start + 1));
    }

    private void number() {
        while (offset < input.length()
                && (!boundary(input.charAt(offset)) || input.charAt(offset) == '.')) {
            offset++;
        }
        double value = Numbers.parse(input.substring(start, offset));
        if (Double.isNaN(value)) {
            throw illegal(input.substring(start, offset));
        }
        add(Kind.LITERAL, Value.of(value));
    }

    private void string() {
        var text = new StringBuilder();
        while (true) {
            if (offset >= input.length()) {
                throw illegal(input.substring(start));
            }
            char c = input.charAt(offset++);
            if (c == '\'' && !next('\'')) {
                break;
            }
            text.append(c);
        }
        add(Kind.LITERAL, Value.of(text.toString()));
    }

    private void word() {
        while (offset < input.length() && !boundary(input.charAt(offset))) {
            offset++;
        }
        String word = input.substring(start, offset);
        if (previous() != Kind.DOT) {
            switch (word) {
                case "true" -> {
                    add(Kind.LITERAL, Value.TRUE);
                    return;
                }
                case "false" -> {
                    add(Kind.LITERAL, Value.FALSE);
                    return;
                }
                case "null" -> {
                    add(Kind.LITERAL, Value.NOTHING);
                    return;
                }
                case "NaN" -> {
                    add(Kind.LITERAL, Value.of(Double.NaN));
                    return;
                }
                case "Infinity" -> {
                    add(Kind.LITERAL, Value.of(Double.POSITIVE_INFINITY));
                    return;
                }
                default -> {}
            }
        }
        if (!legal(word)) {
            throw illegal(word);
        }
        add(Kind.WORD);
    }

    private ExpressionFault illegal(String symbol) {
        return new ExpressionFault(
                ExpressionFault.Stage.LEXING,
                "Unexpected symbol: '%s'. Located at position %d within expression: %s"
                        .formatted(symbol, start + 1, input),
                start + 1);
    }

    private static boolean boundary(char c) {
        return "([)],.!><=&|".indexOf(c) >= 0 || space(c);
    }

    /** Also what Java calls no white space: the no-break space, which editors paste. */
    private static boolean space(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean legal(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '-'))) {
                return false;
            }
        }
        return !word.isEmpty();
    }
}
