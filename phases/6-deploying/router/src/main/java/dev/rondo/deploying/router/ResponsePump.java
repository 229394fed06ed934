package dev.rondo.deploying.router;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Streams an instance's answer to the client. Reads one chunk ahead, so that a small answer leaves
 * in a single write together with its head; never holds more than two chunks, and reads on only
 * when the client has taken the last.
 */
final class ResponsePump extends IteratingCallback {

    private final Content.Source source;
    private final Response client;
    private final Exchange exchange;
    private Content.@Nullable Chunk writing;
    private Content.@Nullable Chunk ahead;
    private boolean done;
    private boolean instanceFailed;

    ResponsePump(Content.Source source, Response client, Exchange exchange) {
        this.source = source;
        this.client = client;
        this.exchange = exchange;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    protected Action process() throws Throwable {
        if (done) {
            return Action.SUCCEEDED;
        }
        var chunk = ahead != null ? ahead : source.read();
        ahead = null;
        if (chunk == null) {
            source.demand(this::iterate);
            return Action.IDLE;
        }
        if (Content.Chunk.isFailure(chunk)) {
            instanceFailed = true;
            throw chunk.getFailure();
        }
        writing = chunk;
        done = chunk.isLast() || nothingFollows();
        client.write(done, chunk.getByteBuffer(), this);
        return Action.SCHEDULED;
    }

    private boolean nothingFollows() {
        var next = source.read();
        if (next == null || Content.Chunk.isFailure(next)) {
            ahead = next;
            return false;
        }
        if (next.isLast() && !next.hasRemaining()) {
            next.release();
            return true;
        }
        ahead = next;
        return false;
    }

    @Override
    protected void onSuccess() {
        release();
    }

    @Override
    protected void onCompleteSuccess() {
        exchange.answered();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        release();
        if (ahead != null) {
            ahead.release();
            ahead = null;
        }
        if (instanceFailed) {
            exchange.broken(cause);
        } else {
            exchange.clientGone(cause);
        }
    }

    private void release() {
        if (writing != null) {
            writing.release();
            writing = null;
        }
    }
}
