package dev.rondo.testing.view;

import java.time.Duration;

/**
 * A test in a list.
 *
 * @param holder class or suite
 * @param note what there is to say about it here, or empty
 */
public record TestLine(
        String path,
        String holder,
        String name,
        String level,
        String outcome,
        Duration time,
        String note) {}
