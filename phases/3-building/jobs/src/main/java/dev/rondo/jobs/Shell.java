package dev.rondo.jobs;

import java.nio.file.Path;
import java.time.Duration;

/** Where the steps of a job run, one script after the other. */
public interface Shell extends AutoCloseable {

    /** How a script ended. */
    sealed interface End {
        record Exited(int code) implements End {}

        record TimedOut() implements End {}

        /** What it ran in is gone, and with it the rest of the job. */
        record Broken(String why) implements End {}
    }

    /**
     * The PATH inside; waits until it stands.
     *
     * @throws IllegalStateException with a sentence where it does not come to stand
     */
    String path() throws InterruptedException;

    /** Runs one script, which is read by bash or sh, and waits for its end. */
    End run(Path script, Duration time) throws InterruptedException;

    /** Ends the script that runs: an interrupt, after a while a termination, then a kill. */
    void stopCurrent();

    @Override
    void close();
}
