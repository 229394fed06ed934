package dev.rondo.testing;

import dev.rondo.testing.reports.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * One sentence of a decision, by its text key, so that each reader gets it in their language.
 *
 * @param args of the text: words and numbers
 * @param good whether it speaks for passing
 * @param detailKey of a sentence that becomes the last argument, or empty
 */
record Reason(
        String key, List<Object> args, boolean good, String detailKey, List<Object> detailArgs) {

    static Reason good(String key, Object... args) {
        return new Reason(key, List.of(args), true, "", List.of());
    }

    static Reason bad(String key, Object... args) {
        return new Reason(key, List.of(args), false, "", List.of());
    }

    static Reason of(boolean good, String key, Object... args) {
        return new Reason(key, List.of(args), good, "", List.of());
    }

    /** A file with a fault: its name with the place, and what is wrong there. */
    static Reason bad(String key, String file, Problem problem) {
        var place = problem.line() > 0 ? ":" + problem.line() + ":" + problem.column() : "";
        return new Reason(key, List.of(file + place), false, problem.key(), problem.arguments());
    }

    String in(Sentences sentences) {
        var all = new ArrayList<>(args);
        if (!detailKey.isEmpty()) {
            all.add(sentences.say(detailKey, detailArgs));
        }
        return sentences.say(key, all);
    }
}
