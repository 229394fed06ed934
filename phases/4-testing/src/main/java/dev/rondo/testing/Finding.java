package dev.rondo.testing;


/**
 * What a linter or scanner found.
 *
 * @param path as the report names it, or empty
 * @param line from 1, or 0
 * @param column from 1, or 0
 */
record Finding(
        String tool,
        String rule,
        Severity severity,
        String message,
        String path,
        int line,
        int column) {

    /**
     * What stays the same when lines above move: so neither line nor column, and no digits of the
     * message. The occurrence tells apart equal findings in one file.
     */
    String fingerprint(String sourcePath, int occurrence) {
        var words = message.replaceAll("\\d+", "0");
        var text = String.join("\u0000", tool, rule, sourcePath, words, "" + occurrence);
        return Names.digest(text);
    }
}
