package dev.rondo.web;

/**
 * An entry of the navigation.
 *
 * @param phase name of the phase, such as {@code planning}; what is not a phase's is {@code loop},
 *     {@code project} or {@code admin}
 * @param place of the phase in the ring, 1 to 8; 0 stands beside the ring
 * @param titleKey key of its text; also names the entry in {@link Page#menu}
 * @param path may contain {@code {project}}; then it is shown within a project only
 * @param weight entries of one phase are sorted by it; the lightest is the segment's target
 */
public record MenuEntry(
        String phase, int place, String titleKey, String path, int weight, May may) {}
