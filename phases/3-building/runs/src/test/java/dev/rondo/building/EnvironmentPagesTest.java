package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.records.Run;
import dev.rondo.settings.BuildingSettings;
import dev.rondo.settings.ProjectSettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Environments, variables, settings and reviews over HTTP, as an owner with a token. */
final class EnvironmentPagesTest {
    private static final String BUILDING = "/projects/shop/building";
    private static Yard yard;
    private static Surf surf;

    @BeforeAll
    static void start() {
        yard = new Yard().start();
        surf = new Surf(yard);
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

    private static String refused(String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> response = send("POST", path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        return response.body();
    }

    private static void done(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = send("POST", path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void ownerMakesAnEnvironmentWithRulesSecretsAndVariables() throws Exception {
        done(BUILDING + "/environments", "name=" + form("Review/One"));
        assertThat(refused(BUILDING + "/environments", "name=" + form("review/one")))
                .contains("already");
        assertThat(refused(BUILDING + "/environments", "name=" + form("a;b")))
                .contains("is no name for an environment");
        String rules = BUILDING + "/environments/rules";
        String of = "environment=" + form("review/one");
        assertThat(refused(rules, of + "&reviewers=nobody")).contains("nobody");
        assertThat(refused(rules, of + "&minutes=50000")).contains("43200");
        done(rules, of + "&reviewers=olga&noSelf=true&minutes=5&refs=" + form("main\nreleases/*"));
        done(BUILDING + "/environments/secrets", of + "&name=KEY&value=very-hidden");
        done(BUILDING + "/variables", of + "&name=size&value=xl");
        assertThat(get(BUILDING + "/environments")).contains("Review/One").contains("releases/*");
        String page = get(BUILDING + "/environments?name=" + form("review/one"));
        assertThat(page)
                .contains("value=\"olga\"")
                .contains("releases/*")
                .contains("KEY")
                .contains("SIZE")
                .contains("xl")
                .doesNotContain("very-hidden");
        done(BUILDING + "/environments/secrets/KEY/removal", of);
        done(BUILDING + "/variables/SIZE/removal", of);
        done(BUILDING + "/environments/removal", of);
        assertThat(send("GET", BUILDING + "/environments?name=x", "").statusCode()).isEqualTo(404);
    }

    @Test
    void variablesOfTheProjectAreShown() throws Exception {
        done(BUILDING + "/variables", "name=colour&value=green");
        assertThat(get(BUILDING + "/variables")).contains("COLOUR").contains("green");
        assertThat(refused(BUILDING + "/variables", "name=GITHUB_X&value=1")).contains("reserved");
        done(BUILDING + "/variables/COLOUR/removal", "");
        assertThat(get(BUILDING + "/variables")).doesNotContain("COLOUR");
    }

    @Test
    void settingsBoundTheJobsOfAProjectAndOfAll() throws Exception {
        assertThat(refused(BUILDING + "/settings", "jobs=0")).contains("between 1 and");
        done(BUILDING + "/settings", "jobs=3&token=write&callable=true");
        BuildingSettings settings = yard.phase().shop().settings().values();
        assertThat(settings.places("shop")).isEqualTo(3);
        assertThat(settings.callable("shop")).isTrue();
        done(BUILDING + "/settings/places", "places=7");
        assertThat(settings.places()).isEqualTo(7);
        assertThat(get(BUILDING + "/settings")).contains("value=\"3\"").contains("value=\"7\"");
        done(BUILDING + "/settings", "jobs=");
        done(BUILDING + "/settings/places", "places=");
        assertThat(new ProjectSettings(yard.spine, 2).values().places()).isEqualTo(2);
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
