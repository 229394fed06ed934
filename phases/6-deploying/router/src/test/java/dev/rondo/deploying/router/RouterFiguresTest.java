package dev.rondo.deploying.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.telemetry.Sample;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RouterFiguresTest {

    private final ProcessTelemetry telemetry = new ProcessTelemetry();

    @Test
    void servicesOfOneNameInTwoProjectsAreCountedApart() throws Exception {
        try (var router = new Router("127.0.0.1", 0, false, telemetry);
                var peer = Peer.saying("a")) {
            router.start();
            router.apply(
                    new RouteTable(
                            List.of(route("one", "/one", peer), route("two", "/two", peer))));

            ask(router, "/one");
            ask(router, "/two");
            ask(router, "/two");

            Awaitility.await()
                    .untilAsserted(() -> {
                        assertThat(requests("one")).isEqualTo(1);
                        assertThat(requests("two")).isEqualTo(2);
                    });
        }
    }

    private static Route route(String project, String path, Peer peer) {
        return new Route(
                new Route.Service(project, "shop", "test"),
                "",
                path,
                Route.Options.STANDARD,
                List.of(new Share("1", 100, List.of(peer.backend()))));
    }

    private static void ask(Router router, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + router.port() + path))
                            .version(HttpClient.Version.HTTP_1_1)
                            .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    private double requests(String project) {
        return telemetry.samples().stream()
                .filter(s -> s.name().equals("rondo_router_requests_total"))
                .filter(s -> s.labels().get("project").equals(project))
                .mapToDouble(Sample::value)
                .sum();
    }
}
