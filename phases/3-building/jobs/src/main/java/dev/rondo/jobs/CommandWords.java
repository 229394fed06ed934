package dev.rondo.jobs;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts {@code options} and {@code args} into words as the runner does, which hands them on as a
 * command line of .NET: only double quotes bind, a backslash counts only in front of one.
 */
public final class CommandWords {
    private CommandWords() {}

    public static List<String> split(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                word.append('"');
                begun = true;
                i++;
            } else if (c == '"') {
                quoted = !quoted;
                begun = true;
            } else if (Character.isWhitespace(c) && !quoted) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
