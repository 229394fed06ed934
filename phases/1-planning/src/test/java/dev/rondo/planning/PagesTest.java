package dev.rondo.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.web.Texts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Pages and API over HTTP, called with a token. */
class PagesTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private static Ground ground;
    private static String base;
    private static String token;
    private static String strangersToken;

    @BeforeAll
    static void start() {
        ground = Ground.onSqlite();
        Samples.fill(ground);
        base = ground.serve(0);
        token = ground.token("ada");
        strangersToken = ground.token("grace");
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @Test
    void everyPageIsThereInBothLanguages() throws Exception {
        var sprint = ground.store.read(sql -> SprintStore.active(sql, "shop")).orElseThrow();
        for (var path :
                new String[] {
                    "/backlog",
                    "/backlog?last",
                    "/backlog?type=bug",
                    "/tickets",
                    "/tickets?q=pay",
                    "/board",
                    "/board?sprint",
                    "/board/columns",
                    "/sprints",
                    "/sprints/" + sprint.id(),
                    "/tickets/2",
                    "/tickets/2/form",
                    "/tickets/new",
                    "/backlog/list"
                }) {
            for (var language : new String[] {"en", "de"}) {
                var page = get("/projects/shop/planning" + path, language);
                assertThat(page.statusCode()).as(path).isEqualTo(200);
                assertThat(page.body()).as(path).doesNotContain("⟦", "style=\"");
            }
        }
    }

    @Test
    void itemPageShowsWhatItIsAndWhatHappened() throws Exception {
        var page = get("/projects/shop/planning/tickets/2", "en").body();
        assertThat(page)
                .contains("Pay by card", "Scenario: It works", "Checkout", "language-gherkin")
                .contains("<strong>customer</strong>");
    }

    @Test
    void formThatIsRefusedSaysWhyAtItsFieldAndKeepsTheRest() throws Exception {
        var answer = post("/projects/shop/planning/tickets", "title=&description=kept&type=story");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("An item needs a title.", "kept", "field wrong");
    }

    @Test
    void itemThatIsNotThereIsMissing() throws Exception {
        assertThat(get("/projects/shop/planning/tickets/999", "en").statusCode()).isEqualTo(404);
        assertThat(get("/projects/shop/planning/tickets/abc", "en").statusCode()).isEqualTo(400);
    }

    @Test
    void apiMakesChangesAndMovesItems() throws Exception {
        var made =
                send(
                        "POST",
                        "/api/projects/shop/tickets",
                        """
                        {"type":"task","title":"By script","labels":["Ops"],"estimate":2,
                         "state":"ready","criteria":"Given x"}\
                        """,
                        token);
        assertThat(made.statusCode()).isEqualTo(201);
        var ticket = JSON.readTree(made.body());
        assertThat(ticket.get("state").asString()).isEqualTo("ready");
        assertThat(ticket.get("labels").get(0).asString()).isEqualTo("ops");
        var path = "/api/projects/shop/tickets/" + ticket.get("number").asLong();
        var moved =
                send(
                        "PATCH",
                        path,
                        "{\"state\":\"done\",\"title\":\"By a script\",\"estimate\":5}",
                        token);
        assertThat(moved.statusCode()).isEqualTo(200);
        assertThat(moved.body()).contains("\"state\":\"done\"", "By a script", "\"estimate\":5");
        assertThat(send("POST", path + "/comments", "{\"body\":\"Fine.\"}", token).statusCode())
                .isEqualTo(201);
        var found = send("GET", "/api/projects/shop/tickets?q=script&state=done", "", token);
        assertThat(found.body()).contains("By a script");
    }

    @Test
    void apiSaysWhatIsWrong() throws Exception {
        var tickets = "/api/projects/shop/tickets";
        assertThat(send("POST", tickets, "{\"title\":", token).statusCode()).isEqualTo(400);
        var noTitle = send("POST", tickets, "{\"type\":\"bug\"}", token);
        assertThat(noTitle.statusCode()).isEqualTo(422);
        assertThat(noTitle.body()).contains("\"field\":\"title\"");
        assertThat(send("POST", tickets, "{\"title\":\"x\",\"type\":\"wish\"}", token).body())
                .contains("planning.type.unknown");
        assertThat(send("POST", tickets, "{\"title\":\"x\",\"parent\":777}", token).body())
                .contains("planning.ticket.missing");
        assertThat(send("POST", tickets, "{\"title\":\"x\",\"assignee\":\"nobody\"}", token).body())
                .contains("access.account.unknown");
        assertThat(send("PATCH", tickets + "/1", "{\"state\":\"gone\"}", token).body())
                .contains("planning.state.unknown");
        assertThat(send("GET", tickets, "", strangersToken).statusCode()).isEqualTo(404);
    }

    @Test
    void sprintsAreMadeAndStartedByApi() throws Exception {
        var made =
                send(
                        "POST",
                        "/api/projects/shop/sprints",
                        "{\"name\":\"Second\",\"goal\":\"more\",\"endsAt\":\"2027-01-01T00:00:00Z\"}",
                        token);
        assertThat(made.statusCode()).isEqualTo(201);
        var id = JSON.readTree(made.body()).get("id").asString();
        var early =
                send("PATCH", "/api/projects/shop/sprints/" + id, "{\"state\":\"active\"}", token);
        assertThat(early.statusCode()).isEqualTo(422);
        assertThat(early.body()).contains("Checkout that works");
    }

    @Test
    void fullColumnSaysHowFullItIs() throws Exception {
        ground.store.update(tx -> Ground.done(ground.moves.limit(tx, "shop", State.REVIEW, 1)));
        var answer = post("/projects/shop/planning/tickets/6/moves", "to=review");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("1 of at most 1 items are there already");
    }

    @Test
    void bothLanguagesHaveTheSameKeys() {
        var texts = Texts.of("planning");
        assertThat(texts.keys(Locale.GERMAN)).isEqualTo(texts.keys(Locale.ENGLISH));
    }

    private static HttpResponse<String> get(String path, String language) throws Exception {
        return CLIENT.send(
                request(path, token).header("Accept-Language", language).GET().build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String form) throws Exception {
        return CLIENT.send(
                request(path, token)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(String method, String path, String body, String bearer)
            throws Exception {
        return CLIENT.send(
                request(path, bearer)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path, String bearer) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + bearer);
    }
}
