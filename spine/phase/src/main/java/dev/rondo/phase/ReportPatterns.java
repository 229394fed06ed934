package dev.rondo.phase;

import java.util.List;

/**
 * Which files of a workspace are test, coverage or finding reports. Testing answers, building asks
 * after each job and keeps the files as blobs; {@code app} brings the two together.
 */
@FunctionalInterface
public interface ReportPatterns {

    /**
     * Globs relative to the workspace, as {@link java.nio.file.FileSystem#getPathMatcher} reads.
     */
    List<String> of(String project, String commit);
}
