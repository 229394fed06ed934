package dev.rondo.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.ground.Ground;
import dev.rondo.kits.ground.Surf;
import dev.rondo.web.Web;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Environments, secrets, variables and settings over HTTP, as an owner with a token. */
final class SettingsPagesTest {
    private static final String BUILDING = "/projects/shop/building";
    private static final String API = "/api/v3/repos/rondo/shop";
    private static final AtomicInteger CHANGES = new AtomicInteger();
    private static Ground ground;
    private static ProjectSettings settings;
    private static Web web;
    private static Surf surf;

    @BeforeAll
    static void start() {
        ground = new Ground("building", "settings");
        settings = new ProjectSettings(ground.spine(), 2);
        ground.site().menu(settings.menu());
        web = new Web(ground.site(), routes -> settings.routes(routes, CHANGES::incrementAndGet));
        surf = new Surf(ground.spine(), web);
    }

    @AfterAll
    static void stop() {
        web.stop();
        ground.close();
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
        BuildingSettings values = settings.values();
        assertThat(values.places("shop")).isEqualTo(3);
        assertThat(values.callable("shop")).isTrue();
        done(BUILDING + "/settings/places", "places=7");
        assertThat(values.places()).isEqualTo(7);
        assertThat(get(BUILDING + "/settings")).contains("value=\"3\"").contains("value=\"7\"");
        done(BUILDING + "/settings", "jobs=");
        done(BUILDING + "/settings/places", "places=");
        assertThat(new ProjectSettings(ground.spine(), 2).values().places()).isEqualTo(2);
    }

    @Test
    void whoUsesTheSettingsIsToldOfEachChange() throws Exception {
        int before = CHANGES.get();
        done(BUILDING + "/settings", "jobs=");
        assertThat(CHANGES).hasValue(before + 1);
        refused(BUILDING + "/settings", "jobs=no");
        assertThat(CHANGES).hasValue(before + 1);
    }

    @Test
    void variablesAreThoseOfGithubsInterface() {
        surf.expect(
                201, "POST", API + "/actions/variables", "{\"name\":\"size\",\"value\":\"xl\"}");
        surf.expect(409, "POST", API + "/actions/variables", "{\"name\":\"Size\",\"value\":\"m\"}");
        assertThat(surf.get(API + "/actions/variables"))
                .contains("\"total_count\":1", "\"name\":\"SIZE\",\"value\":\"xl\"");
        surf.expect(204, "PATCH", API + "/actions/variables/size", "{\"name\":\"LENGTH\"}");
        assertThat(surf.get(API + "/actions/variables/length")).contains("\"value\":\"xl\"");
        surf.expect(404, "GET", API + "/actions/variables/size", "");
        surf.expect(204, "DELETE", API + "/actions/variables/length", "");
        surf.expect(404, "DELETE", API + "/actions/variables/length", "");
        surf.expect(404, "GET", API + "/environments/nowhere/variables", "");
    }

    @Test
    void secretHasToBeSealedForTheKeyOfThisInstallation() {
        assertThat(surf.get(API + "/actions/secrets/public-key")).contains("key_id");
        assertThat(
                        surf.expect(
                                422,
                                "PUT",
                                API + "/actions/secrets/KEY",
                                "{\"encrypted_value\":\"AAAA\",\"key_id\":\"1\"}"))
                .contains("not the key to seal secrets with");
        assertThat(surf.get(API + "/actions/secrets")).contains("\"total_count\":0");
    }
}
