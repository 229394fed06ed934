package dev.rondo.monitoring.metrics;

import dev.rondo.telemetry.Labels;
import java.util.ArrayList;

/** What names a series: the figure and its labels. */
record SeriesKey(String name, Labels labels) {

    /** The labels as one text: names and values in turn, each ended by a line feed. */
    String labelText() {
        var text = new StringBuilder();
        labels.pairs()
                .forEach((name, value) -> {
                    escape(text, name);
                    escape(text, value);
                });
        return text.toString();
    }

    private static void escape(StringBuilder text, String part) {
        text.append(part.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    }

    static SeriesKey of(String name, String labelText) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        for (int i = 0; i < labelText.length(); i++) {
            var c = labelText.charAt(i);
            if (c == '\n') {
                parts.add(part.toString());
                part.setLength(0);
            } else if (c == '\\') {
                i++;
                part.append(labelText.charAt(i) == 'n' ? '\n' : '\\');
            } else {
                part.append(c);
            }
        }
        return new SeriesKey(name, Labels.of(parts.toArray(String[]::new)));
    }
}
