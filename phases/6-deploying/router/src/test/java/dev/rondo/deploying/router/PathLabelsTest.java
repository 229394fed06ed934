package dev.rondo.deploying.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathLabelsTest {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/api/orders/17, /api/orders/:id",
        "/api/orders/17/lines/3, /api/orders/:id/lines/:id",
        "/u/6f1c9e4a-52bb-4d0e-9d3a-0a4a7fb6f1aa, /u/:id",
        "/assets/main.3f9a8c7e1b2d.js, /assets/:id",
        "/v1/products, /v1/products",
        "/a//b/, /a/b",
        "/caf%C3%A9, /:id",
        "/x;jsessionid=1, /x",
        "/1/2/3/4/5/6/7/8/9, /:id/:id/:id/:id/:id/:id/:id/:id/…",
    })
    void idsInPathsCollapse(String path, String label) {
        assertThat(PathLabels.normalised(path)).isEqualTo(label);
    }

    @Test
    void scannerCannotMakeMoreThanTheMostLabels() {
        var labels = new PathLabels();
        var seen = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            seen.add(
                    labels.of(
                            "/"
                                    + (char) ('a' + i % 26)
                                    + "x".repeat(i / 26 % 20)
                                    + "/p"
                                    + i / 520));
        }
        assertThat(seen).hasSizeLessThanOrEqualTo(PathLabels.MOST_LABELS + 1).contains("other");
    }
}
