package dev.rondo.releasing.view;

import java.time.Instant;
import java.util.List;

/**
 * A release in a list.
 *
 * @param at when it got into its state
 * @param places where it lives, such as {@code shop/production}
 */
public record ReleaseLine(
        String version,
        String path,
        String state,
        Instant at,
        String by,
        int changes,
        int tickets,
        List<String> places) {}
