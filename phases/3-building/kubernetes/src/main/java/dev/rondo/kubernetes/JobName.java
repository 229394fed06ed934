package dev.rondo.kubernetes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * How what belongs to one job is called and labelled, so that nothing stays behind.
 *
 * @param id of the job on this Rondo
 * @param mark whose it is
 */
record JobName(String id, Mark mark) {
    static final String MANAGER = "app.kubernetes.io/managed-by";
    static final String SERVER = "rondo.dev/server";
    static final String LIFE = "rondo.dev/life";
    static final String JOB = "rondo.dev/job";
    private static final int WORDS = 40;

    /** One life of one server. */
    record Mark(String server, String life) {
        static Mark of(String server) {
            return new Mark(server, UUID.randomUUID().toString());
        }
    }

    /** A DNS label: what can be read of the job, and what makes it unique. */
    String name() {
        String plain = id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String end = plain.substring(Math.max(0, plain.length() - WORDS));
        return "rondo-" + (end + "-" + digest()).replaceAll("^-+", "");
    }

    private String digest() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    (mark.server() + "/" + mark.life() + "/" + id)
                                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<String, String> labels() {
        return Map.of(MANAGER, "rondo", SERVER, mark.server(), LIFE, mark.life(), JOB, digest());
    }
}
