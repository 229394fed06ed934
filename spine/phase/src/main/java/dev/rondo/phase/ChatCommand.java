package dev.rondo.phase;

import dev.rondo.access.Caller;
import dev.rondo.access.Project;
import dev.rondo.web.May;
import java.util.List;
import java.util.Locale;

/**
 * A command that people type into the command box or post from a chat, such as {@code /deploy shop
 * 1.0.0 to production}. Its right in the project is settled before it runs.
 *
 * @param word without the slash
 * @param usageKey text that shows the command with the words that follow, and says what it does
 */
public record ChatCommand(String word, String usageKey, May may, Action action) {

    /** What a command does; it makes the same checks as the button on the page. */
    @FunctionalInterface
    public interface Action {
        Answer run(Call call);
    }

    /**
     * @param words what stands behind the command, split at white space
     * @param text what stands behind the command, whole
     * @param source {@code box} or {@code chat}
     */
    public record Call(
            Caller caller,
            Project project,
            List<String> words,
            String text,
            Locale locale,
            String source) {}

    /**
     * @param accepted false when it was refused; the text then says why
     * @param text in the caller's language
     * @param href page that shows the result, or empty
     */
    public record Answer(boolean accepted, String text, String href) {

        public static Answer done(String text, String href) {
            return new Answer(true, text, href);
        }

        public static Answer refused(String text) {
            return new Answer(false, text, "");
        }
    }
}
