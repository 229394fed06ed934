package dev.rondo.sandbox;

/**
 * Where the output of a job goes while it runs. A sink is called from one thread at a time; a slow
 * one slows the program down. The buffer belongs to the caller again when the call returns.
 */
public sealed interface Output {

    /** Standard output and error in one stream, in the order of writing. */
    record Merged(Sink all) implements Output {}

    /** Two streams; their order towards each other is lost. */
    record Separate(Sink out, Sink err) implements Output {}

    static Output merged(Sink all) {
        return new Merged(all);
    }

    static Output separate(Sink out, Sink err) {
        return new Separate(out, err);
    }

    /** Takes bytes as they come, not cut at lines or characters. */
    @FunctionalInterface
    interface Sink {
        void accept(byte[] buffer, int offset, int length);
    }
}
