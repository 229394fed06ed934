package dev.rondo.actions;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Terminal colours in a line (ECMA-48, SGR) as pieces with CSS classes; other escapes go. */
public final class Ansi {
    private static final Pattern ESCAPE =
            Pattern.compile(
                    "\u001b(?:\\[([0-9;:]*)m|\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007]*\u0007?|.)");
    private static final List<String> COLOURS =
            List.of("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white");

    private Ansi() {}

    /** A piece of text with the classes of its look, separated by spaces; empty for plain. */
    public record Piece(String text, String classes) {}

    public static List<Piece> pieces(String line) {
        String shown = lastOverwrite(line);
        if (shown.indexOf('\u001b') < 0) {
            return List.of(new Piece(shown, ""));
        }
        var pieces = new ArrayList<Piece>();
        var look = new Look();
        Matcher escape = ESCAPE.matcher(shown);
        int from = 0;
        while (escape.find()) {
            add(pieces, shown.substring(from, escape.start()), look);
            from = escape.end();
            if (escape.group(1) != null) {
                look.change(escape.group(1));
            }
        }
        add(pieces, shown.substring(from), look);
        return pieces.isEmpty() ? List.of(new Piece("", "")) : pieces;
    }

    /** A carriage return starts the line again: a progress bar shows its last state. */
    private static String lastOverwrite(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        int start = line.lastIndexOf('\r', end - 1);
        return line.substring(start + 1, end);
    }

    private static void add(List<Piece> pieces, String text, Look look) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, look.classes()));
        }
    }

    /** Colours of the palette of 256 and of 24 bits become the nearest of the sixteen. */
    private static final class Look {
        private boolean bold;
        private boolean dim;
        private boolean italic;
        private boolean underline;
        private int front = -1;
        private int back = -1;

        void change(String codes) {
            var numbers = new ArrayList<Integer>();
            for (String code : codes.split("[;:]", -1)) {
                numbers.add(code.isEmpty() || code.length() > 3 ? 0 : Integer.parseInt(code));
            }
            for (int i = 0; i < numbers.size(); i++) {
                int code = numbers.get(i);
                if (code == 38 || code == 48) {
                    int colour = extended(numbers, i + 1);
                    front = code == 38 ? colour : front;
                    back = code == 48 ? colour : back;
                    i += i + 1 < numbers.size() && numbers.get(i + 1) == 5 ? 2 : 4;
                } else {
                    one(code);
                }
            }
        }

        private void one(int code) {
            switch (code) {
                case 0 -> {
                    bold = false;
                    dim = false;
                    italic = false;
                    underline = false;
                    front = -1;
                    back = -1;
                }
                case 1 -> bold = true;
                case 2 -> dim = true;
                case 3 -> italic = true;
                case 4 -> underline = true;
                case 22 -> {
                    bold = false;
                    dim = false;
                }
                case 23 -> italic = false;
                case 24 -> underline = false;
                case 39 -> front = -1;
                case 49 -> back = -1;
                default -> {
                    if (code >= 30 && code <= 37 || code >= 90 && code <= 97) {
                        front = code % 10;
                    } else if (code >= 40 && code <= 47 || code >= 100 && code <= 107) {
                        back = code % 10;
                    }
                }
            }
        }

        private static int extended(List<Integer> numbers, int at) {
            if (at + 1 < numbers.size() && numbers.get(at) == 5) {
                int colour = numbers.get(at + 1);
                if (colour < 16) {
                    return colour % 8;
                }
                if (colour > 231) {
                    return colour > 243 ? 7 : 0;
                }
                int cube = colour - 16;
                return nearest(cube / 36 * 51, cube / 6 % 6 * 51, cube % 6 * 51);
            }
            return at + 3 < numbers.size()
                    ? nearest(numbers.get(at + 1), numbers.get(at + 2), numbers.get(at + 3))
                    : -1;
        }

        private static int nearest(int red, int green, int blue) {
            return (red > 127 ? 1 : 0) + (green > 127 ? 2 : 0) + (blue > 127 ? 4 : 0);
        }

        String classes() {
            var classes = new ArrayList<String>();
            if (bold) {
                classes.add("ansi-bold");
            }
            if (dim) {
                classes.add("ansi-dim");
            }
            if (italic) {
                classes.add("ansi-italic");
            }
            if (underline) {
                classes.add("ansi-underline");
            }
            if (front >= 0) {
                classes.add("ansi-" + COLOURS.get(front));
            }
            if (back >= 0) {
                classes.add("ansi-on-" + COLOURS.get(back));
            }
            return String.join(" ", classes);
        }
    }
}
