package dev.rondo.web;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server. Start it when all that it serves is ready; stopping ends live streams, lets
 * requests that run finish for a while, and closes the port.
 */
public final class Web {

    /** Platform threads: handlers read the database, which a virtual thread would pin. */
    private static final int MOST_THREADS = 64;

    private static final int LEAST_THREADS = 8;
    private static final int THREAD_IDLE_MILLIS = 60_000;
    private static final long STOP_MILLIS = 10_000;

    private final Site site;
    private final Routes routes = new Routes();
    private final Javalin javalin;

    /** Registers the routes of the shell itself, then those that the program adds. */
    public Web(Site site, Consumer<Routes> more) {
        this.site = site;
        new SystemRoutes(site).register(routes);
        GithubRoutes.register(routes);
        site.accounts().ifPresent(accounts -> accounts.register(routes));
        more.accept(routes);
        this.javalin = Javalin.create(this::configure);
    }

    /** All routes, for the test that looks at who may call what. */
    public Routes routes() {
        return routes;
    }

    /** Port 0 takes any free one; see {@link #port}. */
    public Web start(String host, int port) {
        javalin.start(host, port);
        return this;
    }

    /**
     * How long a client may say nothing in the midst of a request, and a connection may lie idle;
     * after {@link #start}.
     */
    public Web idleTimeout(Duration pause) {
        for (var connector : javalin.jettyServer().server().getConnectors()) {
            if (connector instanceof AbstractConnector plain) {
                plain.setIdleTimeout(pause.toMillis());
            }
        }
        return this;
    }

    public int port() {
        return javalin.port();
    }

    public void stop() {
        site.live().close();
        javalin.stop();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = 16L * 1024 * 1024;
        config.http.asyncTimeout = 0L;
        config.http.compressionStrategy = CompressionStrategy.GZIP;
        config.router.treatMultipleSlashesAsSingleSlash = false;
        config.router.ignoreTrailingSlashes = false;
        config.jsonMapper(new Json.ForJavalin());
        jetty(config);
        handlers(config);
        var log = new AccessLog(site);
        config.requestLogger.http(log::record);
    }

    private static void jetty(JavalinConfig config) {
        var pool = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS, THREAD_IDLE_MILLIS);
        pool.setName("web");
        config.jetty.threadPool = pool;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(16 * 1024);
        });
        // No page has such a form; without a limit Jetty writes whatever comes to its disk.
        config.jetty.multipartConfig.maxTotalRequestSize(Route.USUAL_BODY, SizeUnit.BYTES);
        config.jetty.modifyServletContextHandler(context -> {
            var limit = new FilterHolder(new BodyLimit());
            limit.setAsyncSupported(true);
            context.addFilter(limit, "/*", EnumSet.of(DispatcherType.REQUEST));
        });
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(STOP_MILLIS);
            server.insertHandler(new GracefulHandler());
        });
    }

    private void handlers(JavalinConfig config) {
        var guard = new Guard(site);
        config.routes.before(SecurityHeaders::set);
        config.routes.before(GithubRoutes.ROOT + "/*", GithubRoutes::header);
        config.routes.after(GithubRoutes.ROOT + "/*", GithubRoutes::tag);
        for (var route : routes.all()) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(route.method()),
                    route.path(),
                    http -> guard.handle(http, route));
        }
        config.routes.error(HttpStatus.NOT_FOUND, http -> unanswered(guard, http, 404));
        config.routes.error(HttpStatus.METHOD_NOT_ALLOWED, http -> unanswered(guard, http, 405));
        config.routes.exception(
                Exception.class, (failure, http) -> Failures.fail(guard.stranger(http), failure));
    }

    /** What no route answers gets the same page as what a handler does not find. */
    private static void unanswered(Guard guard, Context http, int status) {
        if (!Failures.hasSpoken(http)) {
            Failures.refuse(guard.stranger(http), Failures.ofStatus(status));
        }
    }
}
