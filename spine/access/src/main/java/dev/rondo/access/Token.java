package dev.rondo.access;

import java.time.Instant;

/** A personal access token as it is listed: never its secret, only the last four characters. */
public record Token(
        String id,
        String title,
        String hint,
        Instant createdAt,
        Instant expiresAt,
        Instant usedAt,
        boolean revoked) {

    public boolean expired(Instant now) {
        return !expiresAt.isAfter(now);
    }
}
