package dev.rondo.deploying.router;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** Streams a client's body to an instance, chunk by chunk, never holding more than one. */
final class RequestBody implements Request.Content {

    private final org.eclipse.jetty.server.Request client;
    private final long most;
    private Content.@Nullable Chunk first;
    private long seen;
    private volatile boolean touched;

    RequestBody(
            org.eclipse.jetty.server.Request client,
            Content.@Nullable Chunk first,
            long mostBytes) {
        this.client = client;
        this.first = first;
        this.most = mostBytes;
    }

    /** Whether any of it was read, so that it cannot be sent again. */
    boolean touched() {
        return touched;
    }

    @Override
    public long getLength() {
        return client.getLength();
    }

    @Override
    @SuppressWarnings("NullAway") // null is "nothing yet" in Jetty's contract
    public Content.Chunk read() {
        touched = true;
        var chunk = first != null ? first : client.read();
        first = null;
        if (chunk != null && !Content.Chunk.isFailure(chunk)) {
            seen += chunk.remaining();
            if (seen > most) {
                chunk.release();
                return Content.Chunk.from(new TooLarge());
            }
        }
        return chunk;
    }

    @Override
    public void demand(Runnable demandCallback) {
        if (first != null) {
            demandCallback.run();
        } else {
            client.demand(demandCallback);
        }
    }

    @Override
    public void fail(Throwable failure) {
        // The exchange with the instance failed; the client's request is still to be answered.
    }

    /** The body is longer than the route allows. */
    static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("the request body is longer than allowed", null, false, false);
        }
    }
}
