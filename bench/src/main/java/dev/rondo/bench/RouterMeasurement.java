package dev.rondo.bench;

import java.util.ArrayList;
import java.util.List;

/** The router and nginx as proxies of the same tiny service, one after the other in rounds. */
final class RouterMeasurement implements Measurement {

    private static final int CONNECTIONS = 32;
    private static final int SECONDS = 4;
    private static final int WARM = 2;
    private static final int ROUNDS = 4;
    private static final double GOAL_RATIO = 0.5;
    private static final double GOAL_ADDED_MILLIS = 2;

    @Override
    public List<Figure> measure(Workbench bench) throws Exception {
        int service = service(bench);
        int proxy = proxy(bench, service);
        int router = router(bench, service);
        for (int i = 0; i < WARM; i++) {
            Wrk.load(bench, router, CONNECTIONS, SECONDS);
        }
        var ours = new ArrayList<Wrk>();
        var theirs = new ArrayList<Wrk>();
        for (int i = 0; i < ROUNDS; i++) {
            theirs.add(Wrk.load(bench, proxy, CONNECTIONS, SECONDS));
            ours.add(Wrk.load(bench, router, CONNECTIONS, SECONDS));
        }
        return figures(ours, theirs);
    }

    private static List<Figure> figures(List<Wrk> ours, List<Wrk> theirs) {
        double rate = median(ours.stream().map(Wrk::requestsPerSecond).toList());
        double peerRate = median(theirs.stream().map(Wrk::requestsPerSecond).toList());
        double p99 = median(ours.stream().map(Wrk::p99Millis).toList());
        double peerP99 = median(theirs.stream().map(Wrk::p99Millis).toList());
        return List.of(
                new Figure(
                        "router, 32 connections (peer: nginx)",
                        Figure.show(rate, "/s"),
                        Figure.show(peerRate, "/s"),
                        Figure.ratio(rate / peerRate),
                        "≥ 0.50",
                        Figure.met(rate >= GOAL_RATIO * peerRate)),
                new Figure(
                        "router, p99 (peer: nginx)",
                        Figure.show(p99, "ms"),
                        Figure.show(peerP99, "ms"),
                        Figure.ratio(p99 / peerP99),
                        "≤ 2 ms more",
                        Figure.met(p99 - peerP99 <= GOAL_ADDED_MILLIS)));
    }

    private static double median(List<Double> values) {
        return Numbers.of(values).median();
    }

    private static int service(Workbench bench) throws InterruptedException {
        int port = Workbench.freePort();
        var server =
                """
                  server {
                    listen 127.0.0.1:%d;
                    default_type application/json;
                    location / { return 200 '{"id":"teapot","name":"Teapot","price":2490}'; }
                  }
                """
                        .formatted(port);
        Nginx.start(bench, "service", 1, server, port);
        return port;
    }

    private static int proxy(Workbench bench, int service) throws InterruptedException {
        int port = Workbench.freePort();
        var server =
                """
                  upstream service { server 127.0.0.1:%d; keepalive 64; keepalive_requests 100000000; }
                  server {
                    listen 127.0.0.1:%d;
                    location / {
                      proxy_pass http://service;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_set_header Host $host;
                      proxy_set_header X-Forwarded-For $remote_addr;
                      proxy_set_header X-Forwarded-Proto $scheme;
                    }
                  }
                """
                        .formatted(service, port);
        Nginx.start(bench, "proxy", Runtime.getRuntime().availableProcessors(), server, port);
        return port;
    }

    private static int router(Workbench bench, int service) throws InterruptedException {
        int port = Workbench.freePort();
        var log = bench.path("router.log");
        bench.start(
                RondoProgram.folder(),
                log,
                RondoProgram.own(RouterUnderLoad.class, "" + port, "" + service));
        Nginx.awaitPort(port, log);
        return port;
    }
}
