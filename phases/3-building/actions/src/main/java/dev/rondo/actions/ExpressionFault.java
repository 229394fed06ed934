package dev.rondo.actions;

/** An expression that cannot be read or evaluated, in GitHub's words. */
public final class ExpressionFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Where it came up. */
    public enum Stage {
        LEXING,
        PARSING,
        EVALUATION
    }

    private final Stage stage;
    private final int column;

    ExpressionFault(Stage stage, String message, int column) {
        super(message);
        this.stage = stage;
        this.column = column;
    }

    static ExpressionFault evaluation(String message) {
        return new ExpressionFault(Stage.EVALUATION, message, 0);
    }

    /** A function of the caller's own could not do its work. */
    public static ExpressionFault failed(String message) {
        return evaluation(message);
    }

    public Stage stage() {
        return stage;
    }

    /** From 1 within the expression; 0 of an evaluation. */
    public int column() {
        return column;
    }

    /** The message, never null. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
