package dev.rondo.monitoring.view;

import java.time.Instant;
import java.util.Optional;

/** An alert that is pending or firing; {@code silencing} is the path to silence it. */
public record AlertLine(
        String rule,
        String service,
        String environment,
        String servicePath,
        String version,
        String state,
        String severity,
        String summary,
        String value,
        String threshold,
        Instant since,
        Optional<Hush> silence,
        String silencing) {

    /** Why nobody hears of it, who said so, and until when. */
    public record Hush(String id, String account, String comment, Instant endsAt) {}
}
