package dev.rondo.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bare clone of 20,000 commits with the real git, in turns from {@code rondo git serve}, from a
 * project, and from {@code git http-backend} behind nginx: all of the same packed history.
 */
final class CloneMeasurement implements Measurement {

    private static final int ROUNDS = 9;
    private static final int WARM = 2;
    private static final String PROJECT = "big";
    private static final Path BACKEND = Path.of("/usr/lib/git-core/git-http-backend");

    @Override
    public List<Figure> measure(Workbench bench) throws Exception {
        var root = bench.folder("repositories");
        var repository = root.resolve(PROJECT + ".git");
        BigRepository.make(bench, repository);
        var addresses = new LinkedHashMap<String, String>();
        addresses.put("peer", peer(bench, root));
        addresses.put("serve", serve(bench, root));
        addresses.put("project", project(bench, repository));
        var millis = rounds(bench, addresses);
        double peer = Numbers.of(millis.getOrDefault("peer", List.of())).median();
        return List.of(
                figure("clone of 20,000 commits, rondo git serve", "serve", millis, peer),
                figure("clone of 20,000 commits, from a project", "project", millis, peer));
    }

    private static Figure figure(
            String what, String key, Map<String, List<Double>> millis, double peer) {
        double own = Numbers.of(millis.getOrDefault(key, List.of())).median();
        return new Figure(
                what,
                Figure.show(own, "ms"),
                Figure.show(peer, "ms"),
                Figure.ratio(own / peer),
                "≤ 1.00",
                Figure.met(own <= peer));
    }

    private static String peer(Workbench bench, Path root) throws InterruptedException {
        var socket = bench.path("fcgiwrap.socket");
        bench.start(
                root,
                bench.path("fcgiwrap.log"),
                List.of("fcgiwrap", "-c", "4", "-s", "unix:" + socket));
        int port = Workbench.freePort();
        var server =
                """
                  server {
                    listen 127.0.0.1:%d;
                    location / {
                      fastcgi_pass unix:%s;
                      fastcgi_buffering off;
                      fastcgi_param SCRIPT_FILENAME %s;
                      fastcgi_param GIT_PROJECT_ROOT %s;
                      fastcgi_param GIT_HTTP_EXPORT_ALL 1;
                      fastcgi_param PATH_INFO $uri;
                      fastcgi_param QUERY_STRING $query_string;
                      fastcgi_param REQUEST_METHOD $request_method;
                      fastcgi_param CONTENT_TYPE $content_type;
                      fastcgi_param CONTENT_LENGTH $content_length;
                      fastcgi_param REMOTE_ADDR $remote_addr;
                    }
                  }
                """
                        .formatted(port, socket, BACKEND, root);
        Nginx.start(bench, "nginx-git", 1, server, port);
        return "http://127.0.0.1:" + port + "/" + PROJECT + ".git";
    }

    private static String serve(Workbench bench, Path root) throws InterruptedException {
        int port = Workbench.freePort();
        var log = bench.path("git-serve.log");
        bench.start(
                RondoProgram.folder(),
                log,
                RondoProgram.command(
                        RondoProgram.hasCache(),
                        root,
                        List.of("git", "serve", root.toString(), "--port", "" + port)));
        Nginx.awaitPort(port, log);
        return "http://127.0.0.1:" + port + "/" + PROJECT + ".git";
    }

    private static String project(Workbench bench, Path repository) throws Exception {
        var server = RondoServer.start(bench, bench.path("data"), RondoProgram.hasCache()).server();
        var token = server.signUp();
        server.createProject(PROJECT);
        var remote = server.remote(token, PROJECT);
        bench.run(repository, "git", "push", "-q", remote, "main");
        return remote;
    }

    private static Map<String, List<Double>> rounds(
            Workbench bench, Map<String, String> addresses) {
        var millis = new LinkedHashMap<String, List<Double>>();
        var order = new ArrayList<>(addresses.keySet());
        for (int round = 0; round < WARM + ROUNDS; round++) {
            for (var key : order) {
                double took = time(bench, String.valueOf(addresses.get(key)), round == 0);
                if (round >= WARM) {
                    millis.computeIfAbsent(key, any -> new ArrayList<>()).add(took);
                }
            }
            // Each is first, second and last equally often.
            order.add(order.removeFirst());
        }
        return millis;
    }

    private static double time(Workbench bench, String address, boolean check) {
        var copy = bench.path("copy.git");
        long began = System.nanoTime();
        bench.run(bench.path(""), "git", "clone", "-q", "--bare", address, copy.toString());
        double millis = (System.nanoTime() - began) / 1e6;
        if (check) {
            var count = bench.run(copy, "git", "rev-list", "--count", "main").strip();
            if (!count.equals(String.valueOf(BigRepository.COMMITS))) {
                throw new BenchFailure(address + " gave " + count + " commits");
            }
        }
        Workbench.delete(copy);
        return millis;
    }
}
