package dev.rondo.deploying.router;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/** Two connections joined after an upgrade: bytes of one go to the other, both ways. */
final class UpgradeTunnel {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final long IDLE_MILLIS = 10 * 60 * 1000L;

    private final Side clientSide;
    private final Side instanceSide;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Runnable onClosed;

    private UpgradeTunnel(
            EndPoint client, EndPoint instance, Executor executor, Runnable onClosed) {
        this.onClosed = onClosed;
        this.clientSide = new Side(this, client, instance, executor);
        this.instanceSide = new Side(this, instance, client, executor);
    }

    static UpgradeTunnel between(
            EndPoint client, EndPoint instance, Executor executor, Runnable onClosed) {
        client.setIdleTimeout(IDLE_MILLIS);
        instance.setIdleTimeout(IDLE_MILLIS);
        return new UpgradeTunnel(client, instance, executor, onClosed);
    }

    /** Whether a request asks to leave HTTP/1.1 for another protocol, such as WebSocket. */
    static boolean isAskedFor(Request request) {
        var upgrade = request.getHeaders().getField(HttpHeader.UPGRADE);
        return upgrade != null
                && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && !"h2c".equalsIgnoreCase(upgrade.getValue())
                && request.getHeaders().contains(HttpHeader.CONNECTION, "upgrade");
    }

    Connection clientSide() {
        return clientSide;
    }

    Connection instanceSide() {
        return instanceSide;
    }

    private void close() {
        if (closed.compareAndSet(false, true)) {
            clientSide.getEndPoint().close();
            instanceSide.getEndPoint().close();
            onClosed.run();
        }
    }

    /** Reads from its own end and writes to the other's. */
    private static final class Side extends AbstractConnection implements Connection.UpgradeTo {

        private final UpgradeTunnel tunnel;
        private final Copy copy;
        private @Nullable ByteBuffer early;

        Side(UpgradeTunnel tunnel, EndPoint own, EndPoint other, Executor executor) {
            super(own, executor);
            this.tunnel = tunnel;
            this.copy = new Copy(tunnel, this, other);
        }

        @Override
        public void onUpgradeTo(ByteBuffer buffer) {
            early = buffer;
        }

        @Override
        public void onOpen() {
            super.onOpen();
            copy.begin(early);
        }

        @Override
        public void onFillable() {
            copy.iterate();
        }

        @Override
        public void onFillInterestedFailed(Throwable cause) {
            tunnel.close();
        }

        @Override
        public boolean onIdleExpired(TimeoutException timeout) {
            return true;
        }

        @Override
        public void onClose(@Nullable Throwable cause) {
            super.onClose(cause);
            tunnel.close();
        }
    }

    /** One direction; reads again when the last was written, so a slow reader slows the writer. */
    private static final class Copy extends IteratingCallback {

        private final UpgradeTunnel tunnel;
        private final Side from;
        private final EndPoint to;
        private final ByteBuffer buffer = BufferUtil.allocate(BUFFER_BYTES);
        private @Nullable ByteBuffer early;

        Copy(UpgradeTunnel tunnel, Side from, EndPoint to) {
            this.tunnel = tunnel;
            this.from = from;
            this.to = to;
        }

        void begin(@Nullable ByteBuffer already) {
            early = already != null && already.hasRemaining() ? already : null;
            iterate();
        }

        @Override
        protected Action process() throws Throwable {
            var first = early;
            if (first != null) {
                early = null;
                to.write(this, first);
                return Action.SCHEDULED;
            }
            BufferUtil.clear(buffer);
            int read = from.getEndPoint().fill(buffer);
            if (read > 0) {
                to.write(this, buffer);
                return Action.SCHEDULED;
            }
            if (read == 0) {
                from.fillInterested();
                return Action.IDLE;
            }
            return Action.SUCCEEDED;
        }

        @Override
        protected void onCompleted(@Nullable Throwable cause) {
            tunnel.close();
        }
    }
}
