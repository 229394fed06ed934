package dev.rondo.kubernetes;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;

/**
 * The server's side of {@code v4.channel.k8s.io}: the first byte of a message is its channel, 0 to
 * 2 the standard streams, 3 the status with the exit code. Standard input has no end.
 */
final class ExecSession extends WebSocketListener {
    private static final byte[] END = {};

    private final List<String> command;
    private final LinkedBlockingQueue<byte[]> input = new LinkedBlockingQueue<>();

    /**
     * @param command runs what was asked for
     */
    ExecSession(List<String> command) {
        this.command = command;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
        Thread.ofVirtual().name("kubelet-exec").start(() -> run(socket));
    }

    private void run(WebSocket socket) {
        try {
            Process process = new ProcessBuilder(command).start();
            Thread in = Thread.ofVirtual().start(() -> feed(process.getOutputStream()));
            Thread out = Thread.ofVirtual().start(() -> pump(process.getInputStream(), socket, 1));
            Thread err = Thread.ofVirtual().start(() -> pump(process.getErrorStream(), socket, 2));
            int code = process.waitFor();
            out.join();
            err.join();
            in.interrupt();
            send(socket, 3, status(code).getBytes(StandardCharsets.UTF_8));
            socket.close(1000, "");
        } catch (IOException e) {
            send(socket, 3, status(126).getBytes(StandardCharsets.UTF_8));
            socket.close(1011, String.valueOf(e.getMessage()));
        } catch (RejectedExecutionException serverGone) {
            // nobody listens any more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void feed(OutputStream to) {
        try (to) {
            for (byte[] part = input.take(); part != END; part = input.take()) {
                to.write(part, 1, part.length - 1);
                to.flush();
            }
        } catch (IOException closed) {
            // it reads no more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(InputStream from, WebSocket socket, int channel) {
        byte[] buffer = new byte[32 << 10];
        try (from) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                byte[] part = new byte[read];
                System.arraycopy(buffer, 0, part, 0, read);
                send(socket, channel, part);
            }
        } catch (IOException closed) {
            // the process was destroyed
        }
    }

    private static void send(WebSocket socket, int channel, byte[] bytes) {
        byte[] message = new byte[bytes.length + 1];
        message[0] = (byte) channel;
        System.arraycopy(bytes, 0, message, 1, bytes.length);
        socket.send(message);
    }

    private static String status(int code) {
        return code == 0
                ? "{\"metadata\":{},\"status\":\"Success\"}"
                : ("{\"metadata\":{},\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\","
                                + "\"message\":\"command terminated with non-zero exit code\","
                                + "\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"%d\"}]}}")
                        .formatted(code);
    }

    @Override
    public void onMessage(WebSocket socket, byte[] message) {
        if (message.length > 1 && message[0] == 0) {
            input.add(message);
        }
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
        input.add(END);
    }
}
