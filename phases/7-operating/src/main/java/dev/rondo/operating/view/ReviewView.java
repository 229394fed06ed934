package dev.rondo.operating.view;

import java.time.Instant;

/**
 * What people wrote after an incident; what is empty starts from facts. {@code edition} 0 is not
 * yet saved.
 */
public record ReviewView(
        String summary,
        String impact,
        String rootCause,
        String wentWell,
        String toImprove,
        String editedBy,
        Instant editedAt,
        long edition) {}
