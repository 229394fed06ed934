package dev.rondo.journal;

import dev.rondo.store.Micros;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash chain: SHA-256 over the hash before and each field of the event, every field behind its
 * length, so that no two events give the same bytes.
 */
final class Chain {

    /** The hash before the first event. */
    static final String GENESIS = "0".repeat(64);

    private Chain() {}

    static Event link(String before, Event event) {
        return new Event(
                event.seq(),
                event.id(),
                event.kind(),
                event.version(),
                event.project(),
                event.subject(),
                event.actor(),
                event.at(),
                event.payload(),
                hash(before, event),
                event.causes(),
                event.said());
    }

    static String hash(String before, Event event) {
        var sha = sha256();
        add(sha, before);
        add(sha, event.seq());
        add(sha, event.id());
        add(sha, event.kind());
        add(sha, event.version());
        add(sha, event.project());
        add(sha, event.subject().kind());
        add(sha, event.subject().id());
        add(sha, event.actor());
        add(sha, Micros.of(event.at()));
        add(sha, event.payload());
        event.causes().forEach(cause -> add(sha, cause));
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void add(MessageDigest sha, String field) {
        var bytes = field.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        sha.update(bytes);
    }

    private static void add(MessageDigest sha, long field) {
        sha.update(ByteBuffer.allocate(12).putInt(8).putLong(field).flip());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
