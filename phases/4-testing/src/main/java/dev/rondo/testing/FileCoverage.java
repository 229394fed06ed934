package dev.rondo.testing;

/**
 * Which lines of a file can be run and which were.
 *
 * @param path as the report names it, with slashes
 * @param lines that can be run
 * @param covered those of them that were run
 */
record FileCoverage(String path, Lines lines, Lines covered) {

    FileCoverage merge(FileCoverage other) {
        return new FileCoverage(
                path, lines.union(other.lines), covered.union(other.covered));
    }
}
