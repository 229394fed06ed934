package dev.rondo.joblogs;

import dev.rondo.actions.Ansi;
import dev.rondo.store.Micros;
import dev.rondo.web.Times;
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

    public static List<LogLine> shown(List<LogFile.Line> lines, Times times) {
        return lines.stream().map(line -> shown(line, times)).toList();
    }

    private static LogLine shown(LogFile.Line line, Times times) {
        String text = line.text();
        String kind = "plain";
        for (String one : KINDS) {
            if (text.startsWith("##[" + one + "]")) {
                kind = one;
                text = HEADINGS.getOrDefault(one, "") + text.substring(one.length() + 4);
            }
        }
        return new LogLine(
                line.number(),
                times.clock(Micros.toInstant(line.micros())),
                kind,
                Ansi.pieces(text).stream()
                        .map(piece -> new LogLine.Piece(piece.text(), piece.classes()))
                        .toList());
    }
}
