package dev.rondo.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the file of the repository that a report means. Reports name files as the tool saw them:
 * from the root of a disk, from the folder of a package, or, as JaCoCo does, from the root of a
 * source tree.
 */
final class SourcePaths {
    private final Set<String> paths;
    private final Map<String, List<String>> byName = new HashMap<>();

    SourcePaths(List<String> paths) {
        this.paths = new HashSet<>(paths);
        for (var path : paths) {
            byName.computeIfAbsent(name(path), key -> new ArrayList<>(1)).add(path);
        }
    }

    /**
     * @param reported as the report writes it
     * @param reportPath where the report stood: the module whose files it tells of
     */
    Optional<String> find(String reported, String reportPath) {
        var wanted = reported.replace('\\', '/').replaceFirst("^\\./", "");
        if (paths.contains(wanted)) {
            return Optional.of(wanted);
        }
        Optional<String> best = Optional.empty();
        int bestScore = -1;
        for (var candidate : byName.getOrDefault(name(wanted), List.of())) {
            int same = commonEnd(candidate, wanted);
            // Either names the other's end whole, or it is another file of the same name.
            if (same != segments(candidate) && same != segments(wanted)) {
                continue;
            }
            int score = same * 1000 + Math.min(999, commonStart(candidate, reportPath));
            if (score > bestScore) {
                bestScore = score;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    boolean contains(String path) {
        return paths.contains(path);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static int segments(String path) {
        return parts(path).length;
    }

    private static String[] parts(String path) {
        return path.replaceFirst("^/+", "").split("/");
    }

    private static int commonEnd(String one, String other) {
        var a = parts(one);
        var b = parts(other);
        int n = 0;
        while (n < Math.min(a.length, b.length)
                && a[a.length - 1 - n].equals(b[b.length - 1 - n])) {
            n++;
        }
        return n;
    }

    private static int commonStart(String one, String other) {
        var a = parts(one);
        var b = parts(other);
        int n = 0;
        while (n < Math.min(a.length, b.length) && a[n].equals(b[n])) {
            n++;
        }
        return n;
    }
}
