package dev.rondo.results.view;

import java.time.Instant;
import java.util.List;

/**
 * What a project keeps of its runs; sizes are written for people.
 *
 * @param wishes empty for those who may not change them
 * @param cacheShare how much of their limit the caches take, from 0 to 1
 */
public record StorageView(
        Row artifacts,
        Row caches,
        Row logs,
        double cacheShare,
        List<Entry> entries,
        List<Wish> wishes) {

    /** A field in which an owner asks for less; {@code value} is empty where nobody did. */
    public record Wish(String name, String label, String value, long most) {}

    /** {@code count} is empty where nothing is counted; {@code until} says how long it is kept. */
    public record Row(String count, String size, String until) {}

    /** One cache. */
    public record Entry(
            long number, String key, String ref, String size, Instant createdAt, Instant usedAt) {}
}
