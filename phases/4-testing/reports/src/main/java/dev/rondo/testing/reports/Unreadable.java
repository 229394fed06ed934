package dev.rondo.testing.reports;

import java.util.List;

/**
 * A file that cannot be taken as a report: not well-formed, over a limit, or no report at all. It
 * is the fault of whoever wrote the file, never ours; the text key says what was expected.
 */
public final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final transient List<Object> arguments;
    private final int line;
    private final int column;

    /** A fault of the whole file, which has no place. */
    public Unreadable(String key, Object... arguments) {
        this(0, 0, key, arguments);
    }

    /** A fault at a place, both counted from 1. */
    public Unreadable(int line, int column, String key, Object... arguments) {
        super(key + " " + List.of(arguments) + " at " + line + ":" + column, null, false, false);
        this.key = key;
        this.arguments = List.of(arguments);
        this.line = line;
        this.column = column;
    }

    public Problem problem() {
        return new Problem(key, arguments, line, column);
    }
}
