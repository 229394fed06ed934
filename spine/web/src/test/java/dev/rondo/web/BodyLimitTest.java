package dev.rondo.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class BodyLimitTest {

    /**
     * Half a megabyte does not fit into the buffers between: closed early, the answer would be
     * lost.
     */
    private static final int BODY = 512 * 1024;

    @Test
    void whoeverWritesTheWholeBodyFirstIsToldWhyItIsRefused() throws Exception {
        try (var playground = Playground.start()) {
            for (int i = 0; i < 20; i++) {
                assertThat(answer(URI.create(playground.url())))
                        .startsWith("HTTP/1.1 413 ")
                        .contains("KiB");
            }
        }
    }

    private static String answer(URI server) throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            var out = socket.getOutputStream();
            out.write(
                    ("POST /small HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n")
                            .formatted(server.getAuthority(), BODY)
                            .getBytes(US_ASCII));
            for (int written = 0; written < BODY; written += 4096) {
                out.write(new byte[4096]);
            }
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
