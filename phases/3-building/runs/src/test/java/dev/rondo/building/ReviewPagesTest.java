package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.ground.Surf;
import dev.rondo.records.Run;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What waits for an environment, and its review, over HTTP. */
final class ReviewPagesTest {
    private static final String BUILDING = "/projects/shop/building";
    private static Yard yard;
    private static Surf surf;

    @BeforeAll
    static void start() {
        yard = new Yard().start();
        surf = new Surf(yard.spine, yard.web);
    }

    @AfterAll
    static void stop() {
        yard.web.stop();
        yard.close();
    }

    private static HttpResponse<String> send(String method, String path, String body) {
        return surf.send(method, path, body);
    }

    private static String get(String path) {
        return surf.get(path);
    }

    private static void done(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = send("POST", path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    }

    @Test
    void waitingJobIsExplainedAndReviewedOnTheRunsPageAndThroughTheApi() throws Exception {
        done(BUILDING + "/environments", "name=live");
        done(BUILDING + "/environments/rules", "environment=live&reviewers=olga");
        yard.workflow(
                """
                on: push
                jobs:
                  ship: {runs-on: x, environment: {name: live, url: "https://live.example/"}, steps: [{run: 'true'}]}
                  tail: {needs: ship, runs-on: x, steps: [{run: 'true'}]}
                """);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> yard.maybeRun(1).map(Run::standing).orElse("").equals("waiting"));
        assertThat(get(BUILDING + "/runs/1"))
                .contains(
                        "Waits for approval to deploy to live. One of these has to review it: olga.")
                .contains("Waits for ship.")
                .contains("value=\"approved\"");
        assertThat(get("/api/projects/shop/runs/1"))
                .contains("\"reason\":\"approval\"")
                .contains("\"reason\":\"needs\"");
        assertThat(
                        send("POST", "/api/projects/shop/runs/1/reviews", "{\"state\": \"maybe\"}")
                                .body())
                .contains("building.review.verdict");
        HttpResponse<String> approved =
                send(
                        "POST",
                        "/api/projects/shop/runs/1/reviews",
                        "{\"environments\": [\"Live\"], \"state\": \"approved\", \"comment\": \"go\"}");
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(201);
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).isEqualTo("success");
        assertThat(get(BUILDING + "/runs/1")).contains("href=\"https://live.example/\"");
        assertThat(send("POST", BUILDING + "/runs/1/reviews", "verdict=approved").body())
                .contains("waits for a review");
        done(BUILDING + "/runs/1/reruns", "job=tail");
        Run again = yard.finished(1);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.progress().outcome()).isEqualTo("success");
        assertThat(get(BUILDING + "/runs/1")).contains("kept from an earlier run");
    }
}
