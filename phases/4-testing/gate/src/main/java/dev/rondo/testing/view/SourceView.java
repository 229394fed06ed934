package dev.rondo.testing.view;

import java.util.List;

/**
 * A source file with what was run of it.
 *
 * @param cut the file is longer than what is shown
 */
public record SourceView(
        String path,
        int covered,
        int total,
        double percent,
        int changedCovered,
        int changedTotal,
        List<Line> lines,
        boolean cut) {

    /** State is covered, missed or none. */
    public record Line(int number, String state, boolean changed, String text) {}
}
