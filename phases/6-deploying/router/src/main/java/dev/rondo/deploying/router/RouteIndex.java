package dev.rondo.deploying.router;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request: the exact host before the wildcard with the longest suffix before
 * any host; there, the longest path. Never changed once made.
 */
final class RouteIndex {

    private static final Comparator<Target> LONGEST_PATH_FIRST =
            Comparator.comparingInt((Target target) -> target.route().path().length()).reversed();

    private final Map<String, List<Target>> byHost = new HashMap<>();
    private final boolean anyHostOnly;

    RouteIndex(RouteTable table, RouterFigures figures, Function<Backend, Upstream> upstreams) {
        for (var route : table.routes()) {
            byHost.computeIfAbsent(key(route.host()), host -> new ArrayList<>())
                    .add(new Target(route, figures, upstreams));
        }
        byHost.values().forEach(targets -> targets.sort(LONGEST_PATH_FIRST));
        anyHostOnly = byHost.keySet().stream().allMatch(String::isEmpty);
    }

    private static String key(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("*.") ? lower.substring(1) : lower;
    }

    @Nullable Target find(@Nullable String host, String path) {
        if (!anyHostOnly && host != null) {
            var name = host.toLowerCase(Locale.ROOT);
            var exact = in(byHost.get(name), path);
            if (exact != null) {
                return exact;
            }
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                var wildcard = in(byHost.get(name.substring(dot)), path);
                if (wildcard != null) {
                    return wildcard;
                }
            }
        }
        return in(byHost.get(""), path);
    }

    private static @Nullable Target in(@Nullable List<Target> targets, String path) {
        if (targets == null) {
            return null;
        }
        for (var target : targets) {
            if (covers(target.route().path(), path)) {
                return target;
            }
        }
        return null;
    }

    private static boolean covers(String prefix, String path) {
        if (prefix.length() == 1) {
            return true;
        }
        if (!path.startsWith(prefix)) {
            return false;
        }
        return prefix.endsWith("/")
                || path.length() == prefix.length()
                || path.charAt(prefix.length()) == '/';
    }
}
