package dev.rondo.testing;

import dev.rondo.testing.reports.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short names made of long ones. */
final class Names {
    private Names() {}

    /** 32 hexadecimal digits that stand for the text. */
    static String digest(String text) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * What stays the same of a finding when lines above move: so neither line nor column, and no
     * digits of the message. The occurrence tells apart equal findings in one file.
     */
    static String fingerprint(Finding finding, int occurrence) {
        var words = finding.message().replaceAll("\\d+", "0");
        return digest(
                String.join(
                        "\0",
                        finding.tool(),
                        finding.rule(),
                        finding.path(),
                        words,
                        "" + occurrence));
    }

    /** Without more than the limit of characters. */
    static String shorten(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit - 1) + "…";
    }
}
