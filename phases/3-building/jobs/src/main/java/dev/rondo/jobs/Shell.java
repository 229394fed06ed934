package dev.rondo.jobs;

import dev.rondo.actions.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the steps of a job run, one script after the other. */
public interface Shell extends AutoCloseable {

    /** How a script ended. */
    sealed interface End {
        record Exited(int code) implements End {}

        record TimedOut() implements End {}

        /** What it ran in is gone, and with it the rest of the job. */
        record Broken(String why) implements End {}

        /** It was not begun; the job goes on. */
        record Refused(String why) implements End {}
    }

    /**
     * The PATH inside; waits until it stands.
     *
     * @throws IllegalStateException with a sentence where it does not come to stand
     */
    String path() throws InterruptedException;

    /** Runs one script, which is read by bash or sh, and waits for its end. */
    End run(Path script, Duration time) throws InterruptedException;

    /** Runs an action that is a container, beside this shell, and waits for its end. */
    End run(ContainerStep step, Duration time) throws InterruptedException;

    /**
     * One more shell in the same place, which runs beside this one and whose output is its own;
     * empty where that cannot be. Who is done with it closes it.
     */
    default Optional<Shell> beside(Consumer<String> lines) throws InterruptedException {
        return Optional.empty();
    }

    /** The shell of steps that name none; empty is bash, where it is there. */
    default String standard() {
        return "";
    }

    /** A text as the steps see it: one that begins with a folder of the job may name another. */
    default String inside(String text) {
        return text;
    }

    /** The variables of a step as it sees them. */
    default Map<String, String> inside(Map<String, String> variables) {
        var seen = new LinkedHashMap<String, String>();
        variables.forEach((name, value) -> seen.put(name, inside(value)));
        return seen;
    }

    /** What the context {@code job} says of containers. */
    default Map<String, Value> job() {
        return Map.of();
    }

    /** Ends the script that runs: an interrupt, after a while a termination, then a kill. */
    void stopCurrent();

    /** Ends everything; once more does nothing. */
    @Override
    void close();
}
