package dev.rondo.deploying.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A service in an environment.
 *
 * @param version what lives there, or empty
 * @param addresses where it is reached
 * @param moving path of the rollout that is under way, if one is
 */
public record EnvironmentView(
        String service,
        String environment,
        String version,
        String previous,
        Instant since,
        List<String> addresses,
        List<InstanceView> instances,
        Optional<RolloutView> moving) {

    /**
     * One instance.
     *
     * @param weight percent of the service's requests that its version gets
     */
    public record InstanceView(
            String id,
            String version,
            String state,
            boolean leaving,
            int port,
            int weight,
            String problem,
            String logPath) {

        /** The end of the id, enough to tell instances apart. */
        public String shortId() {
            return id.substring(id.length() - 6);
        }
    }
}
