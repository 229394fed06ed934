package dev.rondo.bench;

import dev.rondo.deploying.router.Backend;
import dev.rondo.deploying.router.Route;
import dev.rondo.deploying.router.RouteTable;
import dev.rondo.deploying.router.Router;
import dev.rondo.deploying.router.Share;
import dev.rondo.telemetry.ProcessTelemetry;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The traffic router alone in a process: from a port to one instance, with its figures kept. */
final class RouterUnderLoad {

    private RouterUnderLoad() {}

    public static void main(String[] args) throws Exception {
        var instance = new Backend("one", "127.0.0.1", Integer.parseInt(args[1]));
        var route =
                new Route(
                        new Route.Service("bench", "bench", "production"),
                        "",
                        "/",
                        Route.Options.STANDARD,
                        List.of(new Share("1.0.0", 100, List.of(instance))));
        var telemetry = new ProcessTelemetry();
        try (var router = new Router("127.0.0.1", Integer.parseInt(args[0]), false, telemetry)) {
            router.apply(new RouteTable(List.of(route)));
            router.start();
            new CountDownLatch(1).await();
        }
    }
}
