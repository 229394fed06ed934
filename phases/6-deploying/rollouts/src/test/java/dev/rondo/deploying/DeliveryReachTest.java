package dev.rondo.deploying;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a delivery file says of limits and addresses reaches the sandbox and the router. */
@Timeout(120)
class DeliveryReachTest {

    private static final String DELIVERY =
            Harbour.DELIVERY.replace("    strategy: canary\n", "    strategy: blue-green\n");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void pathIsStrippedOrKeptAndClientsStickWhereTheFileSaysSo() throws Exception {
        var two =
                DELIVERY.replace(
                        "    host: shop.localhost\n",
                        """
                            path: /shop
                            strip-path: false
                            sticky: true
                          staging:
                            path: /try/shop
                        """);
        try (var harbour = new Harbour()) {
            harbour.publish("1.0.0", "well", two, List.of("production", "staging"));
            Harbour.until()
                    .until(() ->
                            harbour.alive().size() == 4
                                    && harbour.alive().stream()
                                            .allMatch(InstanceStore.Row::healthy));
            Harbour.until().until(() -> get(harbour, "/shop/where", "").statusCode() == 200);
            Harbour.until().until(() -> get(harbour, "/try/shop/where", "").statusCode() == 200);

            var kept = get(harbour, "/shop/where", "");
            assertThat(kept.body()).startsWith("/shop/where 1.1 ");
            var cookie = kept.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
            assertThat(instances(harbour, "/shop/where", cookie)).hasSize(1).contains(last(kept));
            assertThat(instances(harbour, "/shop/where", "")).hasSize(2);

            var stripped = get(harbour, "/try/shop/where", "");
            assertThat(stripped.body()).startsWith("/where 1.1 ");
            assertThat(stripped.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(get(harbour, "/where", "").statusCode()).isEqualTo(404);
        }
    }

    private static Set<String> instances(Harbour harbour, String path, String cookie)
            throws Exception {
        var instances = new HashSet<String>();
        for (int i = 0; i < 10; i++) {
            instances.add(last(get(harbour, path, cookie)));
        }
        return instances;
    }

    private static String last(HttpResponse<String> answer) {
        return answer.body().substring(answer.body().lastIndexOf(' ') + 1);
    }

    @Test
    void instanceThatSpeaksHttp2OnlyIsAskedInHttp2() throws Exception {
        var h2c = DELIVERY.replace("    host:", "    protocol: h2c\n    host:");
        try (var harbour = new Harbour()) {
            harbour.publish("1.0.0", "h2c", h2c, List.of("production"));
            harbour.over("1.0.0");
            assertThat(harbour.visit("/where").body()).startsWith("/where 2.0 ");
        }
    }

    @Test
    void instanceIsHeldToTheLimitsOfTheFile() throws Exception {
        var limited =
                DELIVERY.replace(
                        "instances: 2\n",
                        """
                        instances: 1
                        limits: {memory: 128Mi, cpu: 0.5, processes: 77}
                        """);
        try (var harbour = new Harbour()) {
            harbour.publish("1.0.0", "well", limited, List.of("production"));
            harbour.over("1.0.0");
            var held = new Properties();
            try (var files = Files.walk(harbour.data.resolve("sandbox"))) {
                var run =
                        files.filter(file -> file.endsWith("run") && Files.isRegularFile(file))
                                .findFirst()
                                .orElseThrow();
                held.load(Files.newBufferedReader(run));
            }
            assertThat(held)
                    .containsEntry("memory", String.valueOf(128L << 20))
                    .containsEntry("cores", "0.5")
                    .containsEntry("processes", "77");

            harbour.visit("/eat");

            Harbour.until()
                    .until(() ->
                            harbour.alive().stream()
                                    .map(InstanceStore.Row::problem)
                                    .anyMatch(problem ->
                                            problem.key().equals("deploying.reason.exceeded")
                                                    && problem.args()
                                                            .toString()
                                                            .contains("128 MiB")));
            Harbour.until()
                    .until(() -> harbour.alive().stream().allMatch(InstanceStore.Row::healthy));
            assertThat(harbour.visit("/").body()).isEqualTo("1.0.0");
        }
    }

    private static HttpResponse<String> get(Harbour harbour, String path, String cookie)
            throws Exception {
        var uri = URI.create("http://127.0.0.1:" + harbour.phase.routerPort() + path);
        var request = HttpRequest.newBuilder(uri);
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
