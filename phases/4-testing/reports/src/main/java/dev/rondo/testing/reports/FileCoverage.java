package dev.rondo.testing.reports;

/**
 * Which lines of a file can be run and which were.
 *
 * @param path as the report names it, with slashes
 * @param lines that can be run
 * @param covered those of them that were run
 */
public record FileCoverage(String path, Lines lines, Lines covered) {

    public FileCoverage merge(FileCoverage other) {
        return new FileCoverage(path, lines.union(other.lines), covered.union(other.covered));
    }
}
