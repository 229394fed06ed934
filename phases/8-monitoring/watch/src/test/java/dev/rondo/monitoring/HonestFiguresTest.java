package dev.rondo.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.kits.Databases;
import dev.rondo.web.Json;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Figures say what was, from the first second on and for the right project. */
class HonestFiguresTest {

    private static final String SERVICE = "/api/projects/%s/monitoring/services/shop/production";

    @TempDir Path folder;

    @Test
    void servicesOfOneNameInTwoProjectsAreSeenApart() {
        try (var rig = new Rig(Databases.sqlite(), folder)) {
            rig.project("other");
            rig.deployed("shop", "1.0.0");
            rig.deployed("other", "1.0.0");
            for (int i = 0; i < 40; i++) {
                rig.answered("shop", "1.0.0", "/", "2xx", 0.002);
                rig.answered("other", "1.0.0", "/", i < 30 ? "5xx" : "2xx", 0.002);
            }

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> {
                        assertThat(version(rig, "shop").path("requests").asLong()).isEqualTo(40);
                        assertThat(version(rig, "shop").path("errors").asLong()).isZero();
                        assertThat(version(rig, "other").path("errors").asLong()).isEqualTo(30);
                    });
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() ->
                            assertThat(rig.get("/api/projects/other/monitoring/alerts").body())
                                    .contains("HighErrorRatio"));
            assertThat(rig.get("/api/projects/shop/monitoring/alerts").body())
                    .doesNotContain("HighErrorRatio");
        }
    }

    @Test
    void theRateIsRightFromTheFirstSecondsOn() {
        try (var rig = new Rig(Databases.sqlite(), folder)) {
            rig.deployed("1.0.0");
            for (int i = 0; i < 600; i++) {
                rig.answered("1.0.0", "/", "2xx", 0.002);
            }
            // Over the whole minute it would be 10 a second, within the first 10 s at least 60 are.
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() ->
                            assertThat(version(rig, "shop").path("requests").asLong())
                                    .isEqualTo(600));
            assertThat(version(rig, "shop").path("requestsPerSecond").asDouble())
                    .isBetween(50.0, 600.0);
        }
    }

    private static JsonNode version(Rig rig, String project) {
        return Json.MAPPER
                .readTree(rig.get(SERVICE.formatted(project)).body())
                .path("versions")
                .path(0);
    }
}
