package dev.rondo.releasing;

import dev.rondo.web.May;
import dev.rondo.web.Parts;
import dev.rondo.web.Routes;
import gg.jte.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;

/** The style sheet of these pages; its address holds a checksum, so that browsers may keep it. */
final class Style {

    private static final byte[] BYTES = read();
    private static final String PATH = "/releasing/" + sum() + "/releasing.css";

    private Style() {}

    static void routes(Routes routes) {
        routes.get(
                "/releasing/{sum}/releasing.css",
                May.ANYONE,
                visit ->
                        visit.http()
                                .contentType("text/css; charset=utf-8")
                                .header("Cache-Control", "public, max-age=31536000, immutable")
                                .result(BYTES));
    }

    /** The page's content with its style sheet before it. */
    static Content with(Content content) {
        return Parts.all(
                out -> out.writeContent("<link rel=\"stylesheet\" href=\"" + PATH + "\">"),
                content);
    }

    private static byte[] read() {
        try (var in = Style.class.getResourceAsStream("releasing.css")) {
            if (in == null) {
                throw new IllegalStateException("releasing.css is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sum() {
        var sum = new CRC32();
        sum.update(BYTES);
        return Long.toHexString(sum.getValue());
    }
}
