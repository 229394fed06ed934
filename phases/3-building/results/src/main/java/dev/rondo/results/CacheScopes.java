package dev.rondo.results;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Which branches' caches a job may use: it writes those of its own ref, and reads these, those of
 * the branch that its pull request leads to, and those of the default branch, in this order
 * (GitHub, "Restrictions for accessing a cache").
 */
final class CacheScopes {

    private CacheScopes() {}

    static String written(JobIdentity job) {
        return job.source().ref();
    }

    static List<String> read(JobIdentity job) {
        var refs = new LinkedHashSet<String>();
        refs.add(job.source().ref());
        for (String branch : List.of(job.source().baseRef(), job.source().defaultBranch())) {
            if (!branch.isEmpty()) {
                refs.add("refs/heads/" + branch.replaceFirst("^refs/heads/", ""));
            }
        }
        return List.copyOf(refs);
    }

    /** As the runtime's token says them: 1 to read, 2 to write. */
    static List<Map<String, Object>> claims(JobIdentity job) {
        return read(job).stream()
                .map(ref ->
                        Map.<String, Object>of(
                                "Scope", ref, "Permission", ref.equals(written(job)) ? 3 : 1))
                .toList();
    }
}
