package dev.rondo.results;

import java.util.List;

/**
 * An artifact of a run.
 *
 * @param number what GitHub's clients call its id
 * @param keptBy the release that needs it beyond its time, or empty
 */
record Archive(long number, Origin origin, String name, Content content, Life life, String keptBy) {

    /** Where it comes from. */
    record Origin(
            String project, String run, long runNumber, String job, String ref, String commit) {}

    /** What it is; {@code files} are those in the archive. */
    record Content(String digest, long size, int files, String mime) {}

    /** Times in microseconds. */
    record Life(long createdAt, long expiresAt, boolean expired) {}

    private static final List<String> ZIP =
            List.of(
                    "application/zip",
                    "application/x-zip-compressed",
                    "application/zip-compressed",
                    "zip");

    /** Whether clients unpack it; otherwise it is one file as it was. */
    boolean zipped() {
        return ZIP.contains(content.mime());
    }

    /** What a browser or a client calls the file. */
    String fileName() {
        return zipped() ? name + ".zip" : name;
    }
}
