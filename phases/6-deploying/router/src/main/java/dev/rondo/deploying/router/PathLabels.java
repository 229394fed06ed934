package dev.rondo.deploying.router;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns paths into the few names that figures are counted under: ids in a path become {@code :id},
 * and past a hundred names of one service everything new is {@code other}, so that a scanner cannot
 * fill the store.
 */
final class PathLabels {

    static final int MOST_LABELS = 100;
    private static final int MOST_SEGMENTS = 8;
    private static final int MOST_CACHED = 4096;
    private static final String OTHER = "other";

    private final ConcurrentHashMap<String, String> cache = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Boolean> known = new ConcurrentHashMap<>();
    private final AtomicInteger cached = new AtomicInteger();
    private final AtomicInteger counted = new AtomicInteger();

    String of(String path) {
        var hit = cache.get(path);
        if (hit != null) {
            return hit;
        }
        var label = admit(normalised(path));
        if (path.length() <= 256 && cached.get() < MOST_CACHED) {
            if (cache.putIfAbsent(path, label) == null) {
                cached.incrementAndGet();
            }
        }
        return label;
    }

    private String admit(String label) {
        if (known.containsKey(label)) {
            return label;
        }
        if (counted.get() >= MOST_LABELS) {
            return OTHER;
        }
        if (known.putIfAbsent(label, Boolean.TRUE) == null) {
            counted.incrementAndGet();
        }
        return label;
    }

    static String normalised(String path) {
        int end = path.length();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '?' || c == ';' || c == '#') {
                end = i;
                break;
            }
        }
        var label = new StringBuilder(Math.min(end, 128));
        int segments = 0;
        int start = 1;
        while (start <= end) {
            int slash = path.indexOf('/', start);
            int stop = slash < 0 || slash > end ? end : slash;
            if (stop > start) {
                if (++segments > MOST_SEGMENTS) {
                    return label.append("/…").toString();
                }
                label.append('/').append(segment(path, start, stop));
            }
            start = stop + 1;
        }
        return label.isEmpty() ? "/" : label.toString();
    }

    private static CharSequence segment(String path, int start, int stop) {
        int digits = 0;
        int hex = 0;
        int strange = 0;
        for (int i = start; i < stop; i++) {
            char c = path.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
                hex++;
            } else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-') {
                hex++;
            } else if (c == '%' || c > 126) {
                strange++;
            }
        }
        int length = stop - start;
        boolean number = digits == length;
        boolean hexadecimal = hex == length && digits > 0 && length >= 8;
        boolean token = length > 32 || (digits >= 4 && length >= 16);
        return number || hexadecimal || token || strange > 0
                ? ":id"
                : path.subSequence(start, stop);
    }
}
