package dev.rondo.deploying.router;

import java.time.Duration;
import java.util.List;

/**
 * Which requests go to which service.
 *
 * @param host the exact host name, {@code *.example.org} for all names below one, or the empty
 *     string for any
 * @param path the prefix of the path, by whole segments; {@code /} takes all
 */
public record Route(
        Service service, String host, String path, Options options, List<Share> shares) {

    public Route {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a route's path starts with a slash: " + path);
        }
        shares = List.copyOf(shares);
    }

    /** Whose requests they are: two projects may have a service of one name. */
    public record Service(String project, String name, String environment) {}

    /** How the instances speak. */
    public enum Protocol {
        /** HTTP/1.1, with upgrades such as WebSocket. */
        HTTP1,
        /** HTTP/2 without TLS, by prior knowledge, as gRPC wants it. */
        H2C
    }

    /**
     * How requests are passed on.
     *
     * @param stripPath whether the prefix is taken off before the instance sees the path
     * @param sticky whether a client stays with the version and instance that answered first
     * @param readTimeout how long an instance may say nothing before the answer is 504
     * @param maxBodyBytes the longest request body; beyond it the answer is 413
     */
    public record Options(
            Protocol protocol,
            boolean stripPath,
            boolean sticky,
            Duration readTimeout,
            long maxBodyBytes) {

        public static final Options STANDARD =
                new Options(
                        Protocol.HTTP1, false, false, Duration.ofSeconds(60), 1024L * 1024 * 1024);
    }
}
