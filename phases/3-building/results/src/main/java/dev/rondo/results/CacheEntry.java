package dev.rondo.results;

/** A cache; times in microseconds. It is never changed, only asked for and one day evicted. */
record CacheEntry(
        long number,
        String project,
        String ref,
        String key,
        String version,
        String digest,
        long size,
        long createdAt,
        long usedAt) {}
