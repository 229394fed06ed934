package dev.rondo.operating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.Databases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a page can do, a program can do; ada and grace may, linus may only read. */
class ApiTest {

    private static final String API = "/api/projects/shop/operating";

    private Ground ground;

    @BeforeEach
    void open() {
        ground = new Ground(Databases.sqlite());
        ground.deployed("1.0.0");
        ground.alert("errors", "1.1.0", 0.1);
        ground.incident(1);
    }

    @AfterEach
    void close() {
        ground.close();
    }

    @Test
    void anIncidentIsNotedMitigatedAndReviewed() {
        var incident = API + "/incidents/1";
        var note = "{\"note\": \"looking at the cart\"}";
        assertThat(ground.json("linus", "POST", incident + "/notes", note).statusCode())
                .isEqualTo(403);
        assertThat(ground.json("grace", "POST", incident + "/notes", "{}").statusCode())
                .isEqualTo(422);
        assertThat(ground.json("grace", "POST", incident + "/notes", note).statusCode())
                .isEqualTo(201);
        assertThat(ground.json("grace", "POST", incident + "/mitigation", "{}").body())
                .contains("mitigated");
        assertThat(ground.json("grace", "POST", incident + "/mitigation", "{}").statusCode())
                .isEqualTo(422);
        assertThat(ground.get("grace", "/projects/shop/operating/incidents/1"))
                .contains("looking at the cart");

        var review = ground.json("linus", "GET", incident + "/review", "");
        assertThat(review.body()).contains("\"edition\":0").contains("alert errors");
        var wish = "{\"summary\": \"It was the cart\", \"edition\": 0}";
        assertThat(ground.json("linus", "PUT", incident + "/review", wish).statusCode())
                .isEqualTo(403);
        assertThat(ground.json("grace", "PUT", incident + "/review", wish).body())
                .contains("It was the cart")
                .contains("\"edition\":1");
        assertThat(ground.json("grace", "PUT", incident + "/review", wish).statusCode())
                .isEqualTo(409);
        assertThat(ground.json("grace", "GET", API + "/incidents/7/review", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void theCareOfAServiceIsSaidByOwners() {
        var care = API + "/services/shop/production/care";
        var wish = "{\"owners\": [\"ada\"], \"onCall\": \"grace\"}";
        assertThat(ground.json("grace", "PUT", care, wish).statusCode()).isEqualTo(403);
        var done = ground.json("ada", "PUT", care, wish);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(done.body()).contains("grace");
        var stranger = ground.json("ada", "PUT", care, "{\"onCall\": \"eve\"}");
        assertThat(stranger.statusCode()).isEqualTo(422);
        assertThat(stranger.body()).contains("onCall").contains("eve");
        var nowhere = care.replace("production", "moon");
        assertThat(ground.json("ada", "PUT", nowhere, wish).statusCode()).isEqualTo(404);
    }

    @Test
    void theWebhookIsSetShownWithoutItsSecretAndRemoved() {
        var hook = API + "/webhook";
        var wish = "{\"url\": \"https://127.0.0.1/x\", \"secret\": \"sixteen letters!\"}";
        assertThat(ground.json("ada", "GET", hook, "").statusCode()).isEqualTo(404);
        assertThat(ground.json("grace", "PUT", hook, wish).statusCode()).isEqualTo(403);
        assertThat(ground.json("ada", "PUT", hook, "{\"url\": \"ftp://x\"}").body())
                .contains("url");
        var inside = wish.replace("127.0.0.1", "10.0.0.1");
        assertThat(ground.json("ada", "PUT", hook, inside).body()).contains("webhook-allow");
        assertThat(ground.json("ada", "PUT", hook, wish).body())
                .contains("https://127.0.0.1/x")
                .doesNotContain("sixteen");
        assertThat(ground.json("ada", "DELETE", hook, "").statusCode()).isEqualTo(204);
        assertThat(ground.json("ada", "GET", hook, "").statusCode()).isEqualTo(404);
    }
}
