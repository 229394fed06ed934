package dev.rondo.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;

/** Compares at its end what was read with the digest under which it was asked for. */
final class VerifiedStream extends FilterInputStream {

    private final DigestInputStream digesting;
    private final String digest;
    private boolean ended;

    VerifiedStream(InputStream in, String digest) {
        this(new DigestInputStream(in, Blobs.sha256()), digest);
    }

    private VerifiedStream(DigestInputStream digesting, String digest) {
        super(digesting);
        this.digesting = digesting;
        this.digest = digest;
    }

    @Override
    public int read() throws IOException {
        return checked(super.read());
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        return checked(super.read(into, from, length));
    }

    /** Skipped bytes have to be digested too. */
    @Override
    public long skip(long count) throws IOException {
        long skipped = 0;
        while (skipped < count && read() >= 0) {
            skipped++;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private int checked(int read) throws IOException {
        if (read < 0 && !ended) {
            ended = true;
            if (!Blobs.named(digesting.getMessageDigest()).equals(digest)) {
                throw new IOException(
                        "the blob "
                                + digest
                                + " is damaged on disk: its content has another digest; restore"
                                + " its file from a backup");
            }
        }
        return read;
    }
}
