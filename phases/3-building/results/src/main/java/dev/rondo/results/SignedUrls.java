package dev.rondo.results;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * URLs that carry their own right: to write one upload or to read one file, until they expire. They
 * look like those of Azure's shared access signatures, because the clients mask {@code sig} in
 * logs.
 */
final class SignedUrls {

    /** Three segments, so that clients find an account, a container and a blob in it. */
    static final String PATH = "/_results/blobs/";

    private final JobKeys keys;

    SignedUrls(JobKeys keys) {
        this.keys = keys;
    }

    enum Right {
        WRITE("w"),
        READ("r");

        private final String letter;

        Right(String letter) {
            this.letter = letter;
        }
    }

    /** What a URL says about its file beside where it is. */
    record Label(String fileName, String mime) {
        static final Label NONE = new Label("", "");
    }

    /** Where a client puts what it uploads. */
    String upload(URI server, Upload upload) {
        return make(server, Right.WRITE, upload.id(), Label.NONE, Limits.UPLOAD_URL);
    }

    /** Where a client gets a file, which it will call as the label says. */
    String download(URI server, String digest, Label label) {
        return make(server, Right.READ, BlobGate.file(digest), label, Limits.DOWNLOAD_URL);
    }

    String make(URI server, Right right, String id, Label label, Duration lifetime) {
        long expires = Instant.now().plus(lifetime).getEpochSecond();
        var query = "sp=" + right.letter + "&se=" + expires;
        if (!label.equals(Label.NONE)) {
            query += "&rscd=" + encode(label.fileName()) + "&rsct=" + encode(label.mime());
        }
        return server
                + PATH
                + id
                + "?"
                + query
                + "&sig="
                + keys.sign(signedText(right, id, expires, label));
    }

    /** Why a URL gives no right, or nothing. */
    Optional<String> refusal(Right right, String id, Asked asked) {
        long expires;
        try {
            expires = Long.parseLong(asked.expires());
        } catch (NumberFormatException e) {
            return Optional.of("the URL is not signed");
        }
        var wanted = keys.sign(signedText(right, id, expires, asked.label()));
        if (!asked.right().equals(right.letter)
                || !MessageDigest.isEqual(
                        wanted.getBytes(StandardCharsets.UTF_8),
                        asked.signature().getBytes(StandardCharsets.UTF_8))) {
            return Optional.of("the signature of the URL does not fit");
        }
        return expires <= Instant.now().getEpochSecond()
                ? Optional.of("the URL has expired")
                : Optional.empty();
    }

    /** What a request brings. */
    record Asked(String right, String expires, String signature, Label label) {}

    private static String signedText(Right right, String id, long expires, Label label) {
        return String.join(
                "\n", right.letter, id, Long.toString(expires), label.fileName(), label.mime());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
