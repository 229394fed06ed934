package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.ground.Surf;
import dev.rondo.records.Run;
import dev.rondo.web.Texts;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages and API over HTTP, as an owner with a token. */
final class PagesTest {
    private static Yard yard;
    private static Surf surf;

    @BeforeAll
    static void start() {
        yard = new Yard().start();
        surf = new Surf(yard.spine, yard.web);
        yard.workflow(
                """
                name: Build <it>
                on: {push: {}, workflow_dispatch: {inputs: {who: {required: true}}}}
                jobs:
                  first:
                    runs-on: x
                    steps:
                      - run: |
                          printf '\\033[31mred <b>\\033[0m\\n'
                          echo '::warning file=a.js,line=3,title=Look::careful'
                          echo '## All **good** <script>alert(1)</script>' >> "$GITHUB_STEP_SUMMARY"
                          mkdir out && echo hi > out/a.txt
                          echo "who: ${{ inputs.who }}"
                      - uses: actions/upload-artifact@v4
                        with: {name: out, path: out}
                  second:
                    needs: first
                    runs-on: x
                    steps: [{run: echo two}]
                """);
        yard.finished(1);
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

    @Test
    void listAndRunShowWhatHappened() throws Exception {
        assertThat(get("/projects/shop/building/runs"))
                .contains("Build &lt;it&gt; #1")
                .contains("passed")
                .contains("Start a workflow by hand")
                .contains("name=\"status\"");
        assertThat(get("/projects/shop/building/runs/1"))
                .contains("<svg")
                .contains("class=\"good\"")
                .contains("<path class=\"edge\"")
                .contains("/projects/shop/building/runs/1/artifacts/out")
                .contains("careful")
                .contains("<strong>good</strong>")
                .doesNotContain("<script>alert");
    }

    @Test
    void logIsColouredEscapedAndSeekable() throws Exception {
        assertThat(get("/projects/shop/building/runs/1/jobs/first"))
                .contains("<span class=\"ansi-red\">red &lt;b&gt;</span>")
                .contains("sse-connect=\"/projects/shop/live?about=pipelinerun");
        assertThat(get("/projects/shop/building/runs/1/jobs/first/lines?from=3&limit=1"))
                .contains("\"number\":3")
                .doesNotContain("\"number\":4")
                .contains("\"total\":");
        assertThat(get("/projects/shop/building/runs/1/jobs/first/outline"))
                .contains("\"groups\":[");
        assertThat(get("/projects/shop/building/runs/1/jobs/first/matches?q=RED+%3CB"))
                .contains("\"more\":false")
                .containsPattern("\"lines\":\\[[0-9,]+\\]");
        assertThat(get("/projects/shop/building/runs/1/jobs/first/text"))
                .contains("Z Workflow: Build <it>");
        assertThat(send("GET", "/projects/shop/building/runs/1/jobs/nothing", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void runIsATraceOfItsJobsAndSteps() throws Exception {
        var trace = dev.rondo.actions.Value.json(get("/projects/shop/building/runs/1/trace.json"));
        var resource = ((dev.rondo.actions.Value.Arr) trace.at("resourceSpans")).items().getFirst();
        var scope = ((dev.rondo.actions.Value.Arr) resource.at("scopeSpans")).items().getFirst();
        var spans = ((dev.rondo.actions.Value.Arr) scope.at("spans")).items();
        assertThat(spans.size()).isGreaterThanOrEqualTo(1 + 2 + 3);
        var root = spans.getFirst();
        assertThat(root.at("traceId").text()).matches("[0-9a-f]{32}");
        assertThat(root.at("spanId").text()).matches("[0-9a-f]{16}");
        assertThat(root.at("parentSpanId").truthy()).isFalse();
        assertThat(spans.get(1).at("parentSpanId").text()).isEqualTo(root.at("spanId").text());
        assertThat(spans)
                .allSatisfy(span -> {
                    assertThat(span.at("startTimeUnixNano").text()).matches("[0-9]{19}");
                    assertThat(span.at("endTimeUnixNano").number())
                            .isGreaterThanOrEqualTo(span.at("startTimeUnixNano").number());
                });
    }

    @Test
    void artifactIsDownloaded() throws Exception {
        HttpResponse<String> response =
                send("GET", "/projects/shop/building/runs/1/artifacts/out", "");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
                .contains("out.zip");
        assertThat(send("GET", "/projects/shop/building/runs/1/artifacts/..%2Fx", "").statusCode())
                .isGreaterThanOrEqualTo(400);
    }

    @Test
    void secretIsKeptButNeverShown() throws Exception {
        assertThat(
                        send(
                                        "POST",
                                        "/projects/shop/building/secrets",
                                        "name=API_KEY&value=verysecret")
                                .statusCode())
                .isEqualTo(303);
        assertThat(get("/projects/shop/building/secrets"))
                .contains("API_KEY")
                .doesNotContain("verysecret");
        assertThat(send("POST", "/projects/shop/building/secrets", "name=1+bad&value=x").body())
                .contains("is no name for a secret");
    }

    @Test
    void apiStartsShowsAndRefuses() throws Exception {
        assertThat(send("POST", "/api/projects/shop/runs", "{\"workflow\": \"ci\"}").body())
                .contains("building.dispatch.problem.required");
        assertThat(
                        send("POST", "/api/projects/shop/runs", "{\"workflow\": \"nothing\"}")
                                .statusCode())
                .isEqualTo(422);
        HttpResponse<String> made =
                send(
                        "POST",
                        "/api/projects/shop/runs",
                        "{\"workflow\": \"ci.yml\", \"inputs\": {\"who\": \"Ada\"}}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        Run run = yard.finished(2);
        assertThat(yard.log(run, "first")).contains("who: Ada");
        assertThat(get("/api/projects/shop/runs/2"))
                .contains("\"outcome\":\"success\"")
                .contains("\"trigger\":\"dispatch\"");
        assertThat(send("POST", "/projects/shop/building/runs/2/cancellation", "").body())
                .contains("has ended already");
    }

    @Test
    void bothLanguagesHaveTheSameTexts() {
        Texts texts = Texts.of("building");
        assertThat(texts.keys(Locale.GERMAN)).isEqualTo(texts.keys(Locale.ENGLISH));
    }
}
