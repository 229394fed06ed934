package dev.rondo.deploying.router;

import dev.rondo.deploying.router.Target.Choice;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.Response.Listener;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.client.transport.HttpResponse;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to an instance and back. Everything runs on the threads that Jetty calls
 * with, and never blocks. The end comes once: answered, or broken.
 */
final class Exchange implements Listener {

    private static final int MOST_TRIES = 3;

    /** As nginx counts a client that went away before its answer was written. */
    private static final int CLIENT_GONE = 499;

    private final Forwarder forwarder;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Target target;
    private final long begin = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final boolean upgrade;
    private Choice choice;
    private int tries;
    private @Nullable RequestBody body;
    private boolean headSeen;
    private boolean pumping;
    private volatile boolean delivered;
    private final AtomicInteger halves = new AtomicInteger(2);

    Exchange(
            Forwarder forwarder,
            Request request,
            Response response,
            Callback callback,
            Target target,
            Choice choice) {
        this.forwarder = forwarder;
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.target = target;
        this.choice = choice;
        this.upgrade = UpgradeTunnel.isAskedFor(request);
    }

    /** Sends it to the chosen instance, which was entered already. */
    void send() {
        tries++;
        var options = target.route().options();
        var uri = request.getHttpURI();
        var outgoing =
                new UpstreamRequest(
                        forwarder.client(options.protocol()),
                        choice.upstream().uri(),
                        path(uri.getPath()),
                        uri.getQuery());
        outgoing.method(request.getMethod());
        outgoing.idleTimeout(options.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
        outgoing.headers(head ->
                RequestHead.copy(request, head, options.protocol(), forwarder.trustsForwarded()));
        if (tries == 1) {
            readBody(options.maxBodyBytes());
            request.addIdleTimeoutListener(timeout -> false);
            if (isHttp2()) {
                request.addFailureListener(outgoing::abort);
            }
        }
        if (body != null) {
            outgoing.body(body);
        }
        outgoing.send(this);
    }

    private void readBody(long most) {
        var headers = request.getHeaders();
        if (isHttp2()) {
            var first = request.read();
            if (first == null || !first.isLast() || first.hasRemaining()) {
                body = new RequestBody(request, first, most);
            }
        } else if (request.getLength() > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            body = new RequestBody(request, null, most);
        }
    }

    private boolean isHttp2() {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    private String path(String raw) {
        var prefix = target.route().path();
        if (!target.route().options().stripPath() || prefix.length() == 1) {
            return raw;
        }
        if (!raw.startsWith(prefix)) {
            return raw;
        }
        var rest = raw.substring(prefix.endsWith("/") ? prefix.length() - 1 : prefix.length());
        return rest.isEmpty() ? "/" : rest;
    }

    @Override
    public void onHeaders(org.eclipse.jetty.client.Response answer) {
        headSeen = true;
        response.setStatus(answer.getStatus());
        var named = HopHeaders.named(answer.getHeaders());
        var headers = response.getHeaders();
        for (var field : answer.getHeaders()) {
            if (!HopHeaders.is(field, named)) {
                headers.add(field);
            }
        }
        if (target.route().options().sticky()) {
            Stickiness.remember(target, choice, request, headers);
        }
        if (forwarder.draining() && !isHttp2()) {
            headers.put(HttpHeader.CONNECTION, "close");
        }
        if (target.route().options().protocol() == Route.Protocol.H2C
                && answer instanceof HttpResponse full) {
            response.setTrailersSupplier(full::getTrailers);
        }
    }

    @Override
    public void onContentSource(
            org.eclipse.jetty.client.Response answer, Content.Source contentSource) {
        if (answer.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101) {
            // It has no content, but only reading lets the client come to its end.
            Content.Source.consumeAll(contentSource, Callback.NOOP);
            return;
        }
        pumping = true;
        new ResponsePump(contentSource, response, this).iterate();
    }

    @Override
    public void onComplete(Result result) {
        if (result.isFailed() && !delivered) {
            broken(result.getFailure());
        } else if (delivered || pumping) {
            half();
        } else if (result.getResponse().getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101) {
            switchProtocols(result);
        } else {
            half();
            response.write(true, null, Callback.from(this::answered, this::clientGone));
        }
    }

    private void switchProtocols(Result result) {
        var conversation = ((HttpRequest) result.getRequest()).getConversation();
        var endPoint = (EndPoint) conversation.getAttribute(EndPoint.class.getName());
        if (!upgrade || endPoint == null) {
            broken(new IOException("the instance switched protocols without being asked"));
            return;
        }
        var headers = response.getHeaders();
        headers.put(HttpHeader.CONNECTION, "Upgrade");
        var protocol = result.getResponse().getHeaders().get(HttpHeader.UPGRADE);
        headers.put(HttpHeader.UPGRADE, protocol == null ? "websocket" : protocol);
        var tunnel =
                UpgradeTunnel.between(
                        request.getConnectionMetaData().getConnection().getEndPoint(),
                        endPoint,
                        forwarder.executor(),
                        this::tunnelClosed);
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, tunnel.clientSide());
        count(HttpStatus.SWITCHING_PROTOCOLS_101);
        endPoint.upgrade(tunnel.instanceSide());
        callback.succeeded();
    }

    private void tunnelClosed() {
        if (ended.compareAndSet(false, true)) {
            choice.upstream().leave();
        }
    }

    /** The whole answer is with the client. */
    void answered() {
        delivered = true;
        half();
    }

    /**
     * Ends the exchange once the answer is delivered and the request is sent. An instance may
     * answer before it has read the body: were the exchange over then, the server would find the
     * rest of the body unread and close a connection on which the client is about to ask again.
     */
    private void half() {
        if (halves.decrementAndGet() == 0 && ended.compareAndSet(false, true)) {
            choice.upstream().leave();
            count(response.getStatus());
            callback.succeeded();
        }
    }

    /** The client takes no answer any more. */
    void clientGone(Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            choice.upstream().leave();
            count(CLIENT_GONE);
            callback.failed(failure);
        }
    }

    /** The instance went away or was too slow, or the body that it was to get broke off. */
    void broken(Throwable failure) {
        if (ended.get()) {
            return;
        }
        if (!headSeen && mayTryAgain(failure)) {
            boolean refused = isRefusal(failure);
            if (refused) {
                choice.upstream().connectionRefused();
            }
            var other = forwarder.chooseAnother(request, choice, !refused);
            if (other != null) {
                choice.upstream().leave();
                choice = other;
                send();
                return;
            }
        }
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        choice.upstream().leave();
        if (response.isCommitted()) {
            // What the client got is not whole; only cutting the connection tells it so.
            count(HttpStatus.BAD_GATEWAY_502);
            callback.failed(failure);
            return;
        }
        int status = status(failure);
        count(status);
        response.reset();
        forwarder.pages().write(request, response, callback, status);
    }

    private boolean mayTryAgain(Throwable failure) {
        if (tries >= MOST_TRIES || upgrade) {
            return false;
        }
        if (body != null && body.touched()) {
            return false;
        }
        return isRefusal(failure)
                || (isIdempotent(request.getMethod())
                        && failure instanceof IOException
                        && !(failure instanceof SocketTimeoutException));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ConnectException || failure instanceof SocketTimeoutException;
    }

    private static boolean isIdempotent(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "PUT", "DELETE" -> true;
            default -> false;
        };
    }

    private static int status(Throwable failure) {
        return switch (failure) {
            case RequestBody.TooLarge tooLarge -> HttpStatus.PAYLOAD_TOO_LARGE_413;
            case TimeoutException late -> HttpStatus.GATEWAY_TIMEOUT_504;
            case SocketTimeoutException late -> HttpStatus.GATEWAY_TIMEOUT_504;
            case RejectedExecutionException full -> HttpStatus.SERVICE_UNAVAILABLE_503;
            default -> HttpStatus.BAD_GATEWAY_502;
        };
    }

    private void count(int status) {
        choice.version()
                .figures()
                .answered(request.getHttpURI().getPath(), status, System.nanoTime() - begin);
    }
}
