package dev.rondo.testing.reports;

import org.jspecify.annotations.Nullable;

/** The characters of XML: which are which, and how much of them is kept. */
final class XmlText {
    private XmlText() {}

    static void keepBrackets(@Nullable StringBuilder kept, int count) {
        for (int i = 0; i < Math.min(count, Limits.KEPT_CHARS); i++) {
            keep(kept, ']');
        }
    }

    static void keepCodePoint(@Nullable StringBuilder kept, int codePoint) {
        if (codePoint < 0x10000) {
            keep(kept, codePoint);
        } else if (kept != null && kept.length() < Limits.KEPT_CHARS) {
            kept.appendCodePoint(codePoint);
        }
    }

    /** Control characters, such as those of colours, become a blank mark instead of a fault. */
    static void keep(@Nullable StringBuilder kept, int c) {
        if (kept != null && kept.length() < Limits.KEPT_CHARS) {
            boolean control = c < ' ' && c != '\n' && c != '\t' && c != '\r';
            kept.append(control ? '\uFFFD' : (char) c);
        }
    }

    static boolean nameChar(int c) {
        return switch (c) {
            case ':', '_', '-', '.' -> true;
            default -> c > 127 || Character.isLetterOrDigit(c);
        };
    }

    static boolean space(int c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }
}
