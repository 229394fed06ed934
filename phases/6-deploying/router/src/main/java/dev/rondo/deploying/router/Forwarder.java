package dev.rondo.deploying.router;

import dev.rondo.deploying.router.Target.Choice;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Takes each request of the listener, finds its route and an instance, and sends it there. */
final class Forwarder extends Handler.Abstract.NonBlocking {

    private final HttpClient http1;
    private final HttpClient h2c;
    private final RouterFigures figures;
    private final boolean trustsForwarded;
    private final ErrorPages pages = new ErrorPages();
    private final ConcurrentHashMap<Backend, Upstream> upstreams = new ConcurrentHashMap<>();
    private volatile RouteIndex index;
    private volatile boolean draining;

    Forwarder(HttpClient http1, HttpClient h2c, RouterFigures figures, boolean trustsForwarded) {
        this.http1 = http1;
        this.h2c = h2c;
        this.figures = figures;
        this.trustsForwarded = trustsForwarded;
        this.index = new RouteIndex(RouteTable.EMPTY, figures, Upstream::new);
    }

    /** From now on new requests follow this table; those on their way are not touched. */
    synchronized void apply(RouteTable table) {
        index =
                new RouteIndex(
                        table,
                        figures,
                        backend -> upstreams.computeIfAbsent(backend, Upstream::new));
        upstreams
                .values()
                .removeIf(upstream -> upstream.inFlight() == 0 && !isIn(table, upstream.backend()));
    }

    private static boolean isIn(RouteTable table, Backend backend) {
        return table.routes().stream()
                .flatMap(route -> route.shares().stream())
                .anyMatch(share -> share.backends().contains(backend));
    }

    int inFlight(Backend backend) {
        var upstream = upstreams.get(backend);
        return upstream == null ? 0 : upstream.inFlight();
    }

    int inFlight() {
        return upstreams.values().stream().mapToInt(Upstream::inFlight).sum();
    }

    void drain() {
        draining = true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var uri = request.getHttpURI();
        if (request.getMethod().equals("CONNECT") || request.getMethod().equals("TRACE")) {
            pages.write(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
            return true;
        }
        while (true) {
            var seen = index;
            var target = seen.find(uri.getHost(), uri.getCanonicalPath());
            if (target == null) {
                pages.write(request, response, callback, HttpStatus.NOT_FOUND_404);
                return true;
            }
            if (request.getLength() > target.route().options().maxBodyBytes()) {
                pages.write(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
                return true;
            }
            var choice = target.choose(Stickiness.of(target, request));
            if (choice == null) {
                pages.write(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
                return true;
            }
            choice.upstream().enter();
            // Whoever swaps the table reads the counts afterwards: seeing the table unchanged after
            // the count was raised proves that the instance is not stopped under this request.
            if (seen == index) {
                new Exchange(this, request, response, callback, target, choice).send();
                return true;
            }
            choice.upstream().leave();
        }
    }

    /**
     * Where a request goes that failed before it was answered; entered already.
     *
     * @param sameMayDo whether the same instance may be asked once more when it is the only one: it
     *     closed a connection that was kept open, which says nothing about the next
     */
    @Nullable Choice chooseAnother(Request request, Choice failed, boolean sameMayDo) {
        var uri = request.getHttpURI();
        while (true) {
            var seen = index;
            var target = seen.find(uri.getHost(), uri.getCanonicalPath());
            if (target == null) {
                return null;
            }
            var other = target.chooseAnother(failed);
            if (other == null && sameMayDo && target.has(failed)) {
                other = failed;
            }
            if (other == null) {
                return null;
            }
            other.upstream().enter();
            if (seen == index) {
                return other;
            }
            other.upstream().leave();
        }
    }

    HttpClient client(Route.Protocol protocol) {
        return protocol == Route.Protocol.H2C ? h2c : http1;
    }

    Executor executor() {
        return getServer().getThreadPool();
    }

    ErrorPages pages() {
        return pages;
    }

    boolean trustsForwarded() {
        return trustsForwarded;
    }

    boolean draining() {
        return draining;
    }
}
