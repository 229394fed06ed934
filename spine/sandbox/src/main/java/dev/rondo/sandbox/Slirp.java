package dev.rondo.sandbox;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Speaks to the user-mode network of one program over its API socket (slirp4netns(1), "API
 * SOCKET"): one JSON request and one answer per connection.
 */
record Slirp(Path socket) {

    /** Leads a port of the server's loopback interface to the same port inside. */
    void forward(int port) throws IOException {
        var request =
                "{\"execute\":\"add_hostfwd\",\"arguments\":{\"proto\":\"tcp\",\"host_addr\":"
                        + "\"127.0.0.1\",\"host_port\":"
                        + port
                        + ",\"guest_port\":"
                        + port
                        + "}}";
        var answer = call(request);
        if (!answer.contains("\"return\"")) {
            throw new IOException("port " + port + " could not be led inside: " + answer);
        }
    }

    boolean forwards(int port) throws IOException {
        return call("{\"execute\":\"list_hostfwd\"}")
                .replace(" ", "")
                .contains("\"host_port\":" + port + ",");
    }

    private String call(String request) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            return new String(
                    Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
