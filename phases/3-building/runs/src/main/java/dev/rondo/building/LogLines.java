package dev.rondo.building;

import dev.rondo.actions.Ansi;
import dev.rondo.building.view.LogLine;
import dev.rondo.store.Micros;
import dev.rondo.web.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lines of a log as a page shows them. */
final class LogLines {
    private static final List<String> KINDS =
            List.of("group", "endgroup", "error", "warning", "notice", "debug", "command");

    /** What GitHub's viewer writes before the text. */
    private static final Map<String, String> HEADINGS =
            Map.of("error", "Error: ", "warning", "Warning: ", "notice", "Notice: ");

    private LogLines() {}

    /**
     * @param steps of the job: lines of one that ran beside others say whose they are
     */
    static List<LogLine> shown(List<LogFile.Line> lines, List<RunStep> steps, Times times) {
        Map<Integer, String> beside = beside(steps);
        return lines.stream()
                .map(line -> shown(line, beside.getOrDefault(line.step(), ""), times))
                .toList();
    }

    /** The steps that went on while a later one began, by their places: those in the background. */
    private static Map<Integer, String> beside(List<RunStep> steps) {
        var names = new HashMap<Integer, String>();
        long laterBegan = Long.MAX_VALUE;
        for (RunStep step : steps.reversed()) {
            boolean over = step.finishedAt() > 0;
            if (laterBegan < (over ? step.finishedAt() : Long.MAX_VALUE)) {
                names.put(step.place(), step.title());
            }
            laterBegan = Math.min(laterBegan, step.startedAt());
        }
        return names;
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
