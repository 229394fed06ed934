package dev.rondo.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first and the last page of a backlog of 100,000 items. */
@Tag("long")
class BacklogSpeedTest {

    private static final int ITEMS = 100_000;
    private static final int WARM = 300;
    private static final int MEASURED = 500;

    @Test
    void lastPageCostsWhatTheFirstDoes() throws Exception {
        try (var ground = Ground.onSqlite()) {
            Samples.crowd(ground, ITEMS);
            var base = ground.serve(0) + "/projects/shop/planning/backlog";
            var token = ground.token("ada");
            double first = p99(base, token);
            double last = p99(base + "?last", token);
            System.out.printf("p99 in ms: first page %.1f, last page %.1f%n", first, last);
            assertThat(first).isLessThan(100);
            assertThat(last).isLessThan(100);
        }
    }

    private static double p99(String url, String token) throws Exception {
        var client = HttpClient.newHttpClient();
        var request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer " + token)
                        .build();
        var millis = new double[MEASURED];
        for (int i = -WARM; i < MEASURED; i++) {
            long start = System.nanoTime();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis[(int) (MEASURED * 0.99)];
    }
}
