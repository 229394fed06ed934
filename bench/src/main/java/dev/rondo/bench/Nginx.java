package dev.rondo.bench;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An nginx of the workbench's own, in the foreground, with everything in its folder. */
final class Nginx {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Nginx() {}

    /** Starts with these servers in the {@code http} block and waits until the port answers. */
    static void start(Workbench bench, String name, int workers, String servers, int port)
            throws InterruptedException {
        var folder = bench.folder(name);
        var configuration =
                """
                daemon off;
                %suser root;
                worker_processes %d;
                pid %s/nginx.pid;
                error_log %s/error.log warn;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  keepalive_requests 100000000;
                  client_max_body_size 0;
                  client_body_temp_path %s/body;
                  proxy_temp_path %s/proxy;
                  fastcgi_temp_path %s/fastcgi;
                  uwsgi_temp_path %s/uwsgi;
                  scgi_temp_path %s/scgi;
                %s
                }
                """
                        .formatted(
                                Workbench.root() ? "" : "# ",
                                workers,
                                folder,
                                folder,
                                folder,
                                folder,
                                folder,
                                folder,
                                folder,
                                servers);
        var file = bench.write(name + ".conf", configuration);
        bench.start(
                folder,
                bench.path(name + ".log"),
                List.of(
                        "nginx",
                        "-p",
                        folder.toString(),
                        "-e",
                        folder + "/error.log",
                        "-c",
                        file.toString()));
        awaitPort(port, bench.path(name + ".log"));
    }

    static void awaitPort(int port, Path log) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
                return;
            } catch (java.io.IOException refused) {
                if (System.nanoTime() > until) {
                    throw new BenchFailure("nobody listens on port " + port + "; see " + log);
                }
                Thread.sleep(20);
            }
        }
    }
}
