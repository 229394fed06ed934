package dev.rondo.actions;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What in a commit message keeps push and pull_request workflows from starting. */
public final class SkipMarks {
    private static final List<String> MARKS =
            List.of("[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]");

    /** A trailer behind two empty lines or among other trailers ("Skipping workflow runs"). */
    private static final Pattern TRAILER =
            Pattern.compile("\\n\\s*\\n(?:[^\\n]*\\n)*skip-checks: ?true\\s*$");

    private SkipMarks() {}

    public static boolean skip(String message) {
        String folded = message.replace("\r\n", "\n").toLowerCase(Locale.ROOT);
        return MARKS.stream().anyMatch(folded::contains) || TRAILER.matcher(folded).find();
    }
}
