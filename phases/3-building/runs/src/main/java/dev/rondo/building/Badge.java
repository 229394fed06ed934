package dev.rondo.building;

import dev.rondo.records.Run;
import java.util.Optional;

/** The state of a workflow as a small picture, in the words and colours that people know. */
final class Badge {
    private static final int MOST_CHARACTERS = 60;
    private static final double LETTER = 6.6;
    private static final int MARGIN = 10;

    private Badge() {}

    /** {@code passing}, {@code failing} or {@code no status}; with allowed failures in between. */
    static String word(Optional<Run> run) {
        return switch (run.map(Run::standing).orElse("")) {
            case "success" -> "passing";
            case "tolerated" -> "passing with failures";
            case "failure", "invalid", "interrupted" -> "failing";
            case "cancelled" -> "cancelled";
            default -> "no status";
        };
    }

    private static String colour(String word) {
        return switch (word) {
            case "passing" -> "#2a7f3f";
            case "passing with failures" -> "#8f6400";
            case "failing" -> "#b3342b";
            default -> "#6b6878";
        };
    }

    static String svg(String name, String word) {
        String label =
                name.length() <= MOST_CHARACTERS
                        ? name
                        : name.substring(0, MOST_CHARACTERS - 1) + "…";
        int left = width(label);
        int right = width(word);
        return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%2$s: %3$s">
        <title>%2$s: %3$s</title>
        <clipPath id="r"><rect width="%1$d" height="20" rx="4"/></clipPath>
        <g clip-path="url(#r)"><rect width="%4$d" height="20" fill="#33313c"/><rect x="%4$d" width="%5$d" height="20" fill="%6$s"/></g>
        <g fill="#fff" text-anchor="middle" font-family="DejaVu Sans,Verdana,Geneva,sans-serif" font-size="11">
        <text x="%7$d" y="14" textLength="%8$d">%2$s</text><text x="%9$d" y="14" textLength="%10$d">%3$s</text></g>
        </svg>
        """
                .formatted(
                        left + right,
                        escaped(label),
                        escaped(word),
                        left,
                        right,
                        colour(word),
                        left / 2,
                        left - MARGIN,
                        left + right / 2,
                        right - MARGIN);
    }

    private static int width(String text) {
        return (int) Math.ceil(text.codePointCount(0, text.length()) * LETTER) + MARGIN;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("\\p{Cntrl}", " ");
    }
}
