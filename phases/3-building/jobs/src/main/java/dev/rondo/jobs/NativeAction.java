package dev.rondo.jobs;

import java.io.IOException;

/**
 * An action that everybody uses and that Rondo does itself, with the inputs and outputs of the real
 * one.
 */
public interface NativeAction {

    /** The step fails with this sentence. */
    final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean logged;

        public Failed(String sentence) {
            this(sentence, false);
        }

        /**
         * @param logged whether the log says it already
         */
        Failed(String sentence, boolean logged) {
            super(sentence);
            this.logged = logged;
        }

        boolean logged() {
            return logged;
        }

        public String sentence() {
            return String.valueOf(getMessage());
        }
    }

    void run(ActionSetting setting) throws Failed, IOException, InterruptedException;

    /** Whether there is something to do behind the last step. */
    default boolean hasPost() {
        return false;
    }

    /** Whether the post part runs although the job failed. */
    default boolean postsAlways() {
        return true;
    }

    /** Runs behind the last step, with the inputs and the kept state of {@link #run}. */
    default void post(ActionSetting setting) throws Failed, IOException, InterruptedException {}
}
