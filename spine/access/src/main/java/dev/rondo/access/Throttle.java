package dev.rondo.access;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failed sign-ins per key within a sliding window. Bounded: the keys that failed longest ago
 * are forgotten first.
 */
final class Throttle {

    private static final int KEYS = 10_000;

    private final int failures;
    private final long windowNanos;
    private final Map<String, ArrayDeque<Long>> recent =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, ArrayDeque<Long>> eldest) {
                    return size() > KEYS;
                }
            };

    Throttle(int failures, Duration window) {
        this.failures = failures;
        this.windowNanos = window.toNanos();
    }

    synchronized boolean blocked(String key, long nowNanos) {
        var times = recent.get(key);
        if (times == null) {
            return false;
        }
        while (!times.isEmpty() && nowNanos - times.peekFirst() > windowNanos) {
            times.removeFirst();
        }
        return times.size() >= failures;
    }

    synchronized void failed(String key, long nowNanos) {
        var times = recent.computeIfAbsent(key, unused -> new ArrayDeque<>());
        times.addLast(nowNanos);
        if (times.size() > failures) {
            times.removeFirst();
        }
    }

    synchronized void succeeded(String key) {
        recent.remove(key);
    }
}
