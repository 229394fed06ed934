package dev.rondo.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The artifacts of the run that a job belongs to, and of other runs that a token may read. */
public interface JobArtifacts {

    /**
     * An artifact that is kept.
     *
     * @param digest {@code sha256:…} of its file
     * @param files how many are in it
     */
    record Stored(long id, String name, long size, String digest, int files) {}

    /** A run of this server other than the job's own, and the token that may read it. */
    record Elsewhere(String repository, String run, String token) {}

    /** It cannot be; one sentence for the log. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        public Refused(String sentence) {
            super(sentence);
        }

        public String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Why an artifact of this name cannot be made; empty where it can. {@code overwrite} lets one
     * that is there give way.
     */
    Optional<String> refusal(String name, boolean overwrite);

    /**
     * Keeps an archive; the file is read and left.
     *
     * @param days how long it is kept, 0 for as long as is usual
     */
    Stored keep(String name, int days, boolean overwrite, Path zip) throws Refused, IOException;

    /** Those of the job's own run, or of another one. */
    List<Stored> list(Optional<Elsewhere> where) throws Refused;

    /** The archive of one that was listed, to be read only. */
    Path file(Stored artifact) throws Refused;

    /** Where people download it. */
    String page(Stored artifact);
}
