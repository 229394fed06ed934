package dev.rondo.git;

import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.RawText;

/**
 * A file's content, or its beginning.
 *
 * @param size of the whole file
 * @param bytes at most as many as were asked for
 */
@SuppressWarnings("ArrayRecordComponent") // read once and thrown away, never compared
public record Blob(String id, long size, byte[] bytes) {

    public boolean truncated() {
        return bytes.length < size;
    }

    /** Whether git would call it binary: a zero byte near the beginning. */
    public boolean binary() {
        return RawText.isBinary(bytes, bytes.length, !truncated());
    }

    /** As UTF-8; bytes that are not become replacement characters. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
