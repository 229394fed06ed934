package dev.rondo.bench;

import java.util.ArrayList;
import java.util.List;

/** The figures in aligned columns, as a table of Markdown that can be read as it stands. */
final class Table {

    private static final List<String> HEAD =
            List.of("figure", "Rondo", "peer", "ratio", "goal", "verdict");

    private Table() {}

    static String of(List<Figure> figures) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        for (var one : figures) {
            rows.add(
                    List.of(
                            one.what(),
                            one.rondo(),
                            one.peer(),
                            one.ratio(),
                            one.goal(),
                            one.verdict().word()));
        }
        var widths = new int[HEAD.size()];
        for (var row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        var text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            append(text, rows.get(row), widths);
            if (row == 0) {
                appendRule(text, widths);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> row, int[] widths) {
        for (int column = 0; column < widths.length; column++) {
            var cell = row.get(column);
            var pad = " ".repeat(widths[column] - cell.length());
            boolean number = column > 0 && column < widths.length - 1;
            text.append("| ").append(number ? pad + cell : cell + pad).append(' ');
        }
        text.append("|\n");
    }

    private static void appendRule(StringBuilder text, int[] widths) {
        for (int column = 0; column < widths.length; column++) {
            boolean number = column > 0 && column < widths.length - 1;
            text.append('|').append("-".repeat(widths[column] + 1)).append(number ? ':' : '-');
        }
        text.append("|\n");
    }
}
