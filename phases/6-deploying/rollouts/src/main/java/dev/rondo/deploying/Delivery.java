package dev.rondo.deploying;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code .rondo/delivery.yml} says: how one service is started, watched, reached, and brought
 * into its environments.
 *
 * @param artifact name of the release's artifact; empty takes the only one
 * @param command executable and arguments, run without a shell
 */
record Delivery(
        String service,
        String artifact,
        List<String> command,
        String portVariable,
        Map<String, String> variables,
        Runtime runtime,
        List<Environment> environments) {

    /** How its instances are run and known to be well. */
    record Runtime(int instances, Health health, Limits limits) {}

    /**
     * When an instance counts as healthy.
     *
     * @param timeout of one probe
     * @param successes probes in a row that must be answered with 2xx or 3xx
     * @param failures probes in a row after which a healthy one is unhealthy
     * @param deadline how long a new instance may take to become healthy
     */
    record Health(
            String path,
            Duration interval,
            Duration timeout,
            int successes,
            int failures,
            Duration deadline) {}

    /**
     * What an instance may use.
     *
     * @param stop how long it may take to end when asked to
     * @param drain how long requests on their way may take before it is asked to
     */
    record Limits(long memoryBytes, double cores, int processes, Duration stop, Duration drain) {}

    /**
     * Where the service is reached through the router.
     *
     * @param host a name at which all paths are the service's, or empty
     * @param path a prefix at which it is reached under any name, or empty
     */
    record Reach(
            String host,
            String path,
            boolean stripPath,
            boolean sticky,
            boolean h2c,
            Duration timeout,
            long maxBodyBytes) {}

    /**
     * One place where the service lives.
     *
     * @param approvals how many people must have approved a release for it
     * @param byItself whether a published release goes there without a person's doing
     * @param first the plan while nothing lives there
     * @param next the plan while another version lives there
     */
    record Environment(
            String name,
            int approvals,
            boolean byItself,
            int instances,
            Map<String, String> variables,
            Reach reach,
            Plan first,
            Plan next) {

        Plan plan(boolean nothingLives) {
            return nothingLives ? first : next;
        }
    }

    Optional<Environment> environment(String name) {
        return environments.stream().filter(e -> e.name().equals(name)).findFirst();
    }
}
