package dev.rondo.engine;

import dev.rondo.jobs.JobLog;
import dev.rondo.jobs.SafeTree;
import dev.rondo.journal.Fact;
import dev.rondo.records.Run;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keeps the files that testing asked for, within limits of count and size. */
final class Reports {

    private static final Set<String> FOREIGN = Set.of("node_modules", ".git");

    private final Workshop shop;

    Reports(Workshop shop) {
        this.shop = shop;
    }

    List<Fact.StoredFile> collect(Run run, Path workspace, JobLog log) {
        List<PathMatcher> matchers = new ArrayList<>();
        var globs = shop.reports().of(run.project(), run.source().commit());
        for (String glob : globs) {
            matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + glob));
            if (glob.startsWith("**/")) {
                matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + glob.substring(3)));
            }
        }
        if (matchers.isEmpty()) {
            return List.of();
        }
        var tree = new SafeTree(workspace);
        var kept = new ArrayList<Fact.StoredFile>();
        long total = 0;
        try {
            for (SafeTree.Entry entry : tree.list(name -> mayHold(globs, name)).files()) {
                Path path = Path.of(entry.path());
                if (matchers.stream().noneMatch(matcher -> matcher.matches(path))) {
                    continue;
                }
                total += entry.size();
                if (kept.size() >= Limits.REPORT_FILES
                        || entry.size() > Limits.REPORT_BYTES
                        || total > Limits.REPORTS_BYTES) {
                    total -= entry.size();
                    log.warning(
                            "The report %s is left out: at most %d files, %d MiB each and %d MiB together"
                                    .formatted(
                                            entry.path(),
                                            Limits.REPORT_FILES,
                                            Limits.REPORT_BYTES >> 20,
                                            Limits.REPORTS_BYTES >> 20));
                    continue;
                }
                var blob =
                        tree.read(
                                entry.path(),
                                in -> shop.spine().blobs().put(in, Limits.REPORT_BYTES));
                kept.add(new Fact.StoredFile(entry.path(), blob.digest(), blob.size()));
            }
        } catch (IOException e) {
            log.error("Reports could not be read: " + e.getMessage());
        }
        if (!kept.isEmpty()) {
            log.line("Reports kept: " + kept.size());
        }
        return List.copyOf(kept);
    }

    /** What others wrote holds reports of their own, and far too many files to look at. */
    static boolean mayHold(List<String> globs, String folder) {
        return !FOREIGN.contains(folder)
                || globs.stream().anyMatch(glob -> List.of(glob.split("/")).contains(folder));
    }
}
