package dev.rondo.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * One HTTP request for a repository and its answer, free of any server's types. Status and headers
 * are set before {@link #answer()} is first called; everything runs on the caller's thread.
 */
public interface GitExchange {

    /** Such as {@code GET}. */
    String method();

    /** The path behind the repository's own, such as {@code /info/refs}. */
    String resource();

    Optional<String> parameter(String name);

    Optional<String> header(String name);

    /** Who asks, for git's reflog; "anonymous" when nobody signed in. */
    String user();

    /** The body as it arrives, still compressed when the header says so. */
    InputStream body() throws IOException;

    void status(int code);

    void header(String name, String value);

    OutputStream answer() throws IOException;
}
