package dev.rondo.deploying;

/**
 * Where the traffic router listens. Public: whoever starts Rondo says it.
 *
 * @param host such as {@code 127.0.0.1}, or {@code 0.0.0.0} for all interfaces
 * @param port 0 takes a free one
 * @param trustsForwarded whether its clients are proxies whose {@code X-Forwarded-} fields are true
 */
public record RouterSettings(String host, int port, boolean trustsForwarded) {}
