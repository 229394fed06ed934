package dev.rondo.git;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A piece of history, newest first.
 *
 * @param next where the next piece begins, for {@link GitRepository#history}; empty at the end. It
 *     says all that is needed to go on, so each page costs the same
 */
public record HistoryPage(List<Commit> commits, String next) {

    private static final Pattern KEY =
            Pattern.compile(
                    "[0-9a-f]{40}(,[0-9a-f]{40}){0,99}(\\.[0-9a-f]{40}(,[0-9a-f]{40}){0,99})?");

    /** Whether a text that came from outside has the form of {@link #next}. */
    public static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }
}
