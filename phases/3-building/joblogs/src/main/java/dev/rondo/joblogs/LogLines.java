package dev.rondo.joblogs;

import dev.rondo.actions.Ansi;
import dev.rondo.store.Micros;
import dev.rondo.web.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lines of a log as a page shows them. */
public final class LogLines {
    private static final List<String> KINDS =
            List.of("group", "endgroup", "error", "warning", "notice", "debug", "command");

    /** What GitHub's viewer writes before the text. */
    private static final Map<String, String> HEADINGS =
            Map.of("error", "Error: ", "warning", "Warning: ", "notice", "Notice: ");

    private LogLines() {}

    /**
     * @param beside titles of the steps that ran beside others, by their places: their lines say
     *     whose they are
     */
    public static List<LogLine> shown(
            List<LogFile.Line> lines, Map<Integer, String> beside, Times times) {
        return lines.stream()
                .map(line -> shown(line, beside.getOrDefault(line.step(), ""), times))
                .toList();
    }

    private static LogLine shown(LogFile.Line line, String whose, Times times) {
        String text = line.text();
        String kind = "plain";
        for (String one : KINDS) {
            if (text.startsWith("##[" + one + "]")) {
                kind = one;
                text = HEADINGS.getOrDefault(one, "") + text.substring(one.length() + 4);
            }
        }
        var pieces = new ArrayList<LogLine.Piece>();
        if (!whose.isEmpty()) {
            pieces.add(new LogLine.Piece(whose + " │ ", "ansi-dim"));
        }
        Ansi.pieces(text)
                .forEach(piece -> pieces.add(new LogLine.Piece(piece.text(), piece.classes())));
        return new LogLine(
                line.number(), times.clock(Micros.toInstant(line.micros())), kind, pieces);
    }
}
