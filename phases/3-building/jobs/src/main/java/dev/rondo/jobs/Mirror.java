package dev.rondo.jobs;

import java.nio.file.Path;

/**
 * Where the files of a job are while it runs. Mostly the server's folders are the job's; where they
 * lie elsewhere, whoever reads one here has it brought first.
 */
public final class Mirror {
    private static final Source HERE = path -> {};

    private volatile Source source = HERE;

    /** What brings a file, or a folder with all that is below it, as it is there now. */
    @FunctionalInterface
    public interface Source {
        /**
         * What is not there is not here afterwards either.
         *
         * @throws IllegalStateException with a sentence where it cannot be brought
         */
        void bring(Path path);
    }

    public void of(Source elsewhere) {
        source = elsewhere;
    }

    /** Whether they are not the server's own. */
    boolean elsewhere() {
        return source != HERE;
    }

    public void bring(Path path) {
        source.bring(path);
    }
}
