package dev.rondo.joblogs;

import java.util.List;

/** One line of a log; {@code kind} is a class: plain, group, error, warning, notice, debug. */
public record LogLine(long number, String clock, String kind, List<Piece> pieces) {

    /** A piece in one colour; {@code look} are classes, empty for plain. */
    public record Piece(String text, String look) {}
}
