package dev.rondo.actions;

/** One symbol of an expression; {@code column} counts from 1. */
record Token(Kind kind, String text, Value value, int column) {

    enum Kind {
        LEFT_PAREN,
        RIGHT_PAREN,
        LEFT_BRACKET,
        RIGHT_BRACKET,
        COMMA,
        DOT,
        NOT,
        NOT_EQUAL,
        EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        AND,
        OR,
        STAR,
        LITERAL,
        WORD,
        END
    }
}
