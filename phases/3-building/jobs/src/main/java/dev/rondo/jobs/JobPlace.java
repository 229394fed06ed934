package dev.rondo.jobs;

import dev.rondo.actions.Container;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What one job wants to run in.
 *
 * @param time after which everything in it may be killed, whatever it does
 * @param lines takes the output of the steps, line by line
 * @param log takes what is to be said of the place itself
 * @param cancelled whether nobody waits for it any more
 */
public record JobPlace(
        JobFolders folders,
        JobOrder order,
        Wanted wanted,
        Duration time,
        Consumer<String> lines,
        JobLog log,
        BooleanSupplier cancelled) {

    /** {@code container} and {@code services} of a job, evaluated. */
    public record Wanted(Optional<Container> job, Map<String, Container> services) {
        public static final Wanted NOTHING = new Wanted(Optional.empty(), Map.of());

        public boolean nothing() {
            return job.isEmpty() && services.isEmpty();
        }
    }
}
