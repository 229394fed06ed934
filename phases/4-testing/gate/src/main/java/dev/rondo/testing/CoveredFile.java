package dev.rondo.testing;

import dev.rondo.testing.reports.Lines;

/**
 * Coverage of one file of a run, all reports together.
 *
 * @param path in the repository, or as the report wrote it where there is no such file
 * @param known whether the file is in the repository
 * @param changed lines that can be run and were changed
 */
record CoveredFile(String path, boolean known, Lines lines, Lines covered, Lines changed) {

    int changedCovered() {
        return changed.intersection(covered).count();
    }
}
