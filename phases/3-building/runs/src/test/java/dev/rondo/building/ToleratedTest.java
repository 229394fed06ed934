package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.ground.Surf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A failure that was allowed is neither a success nor a failure, wherever it is seen. */
final class ToleratedTest {
    private static final String BUILDING = "/projects/shop/building";

    private Yard yard;
    private Surf surf;

    @BeforeEach
    void start() {
        yard = new Yard().start();
        surf = new Surf(yard.spine, yard.web);
    }

    @AfterEach
    void stop() {
        yard.web.stop();
        yard.close();
    }

    @Test
    void allowedFailureIsNeitherGreenNorRedOnListRunGraphLogAndBadge() {
        yard.workflow(
                """
                on: push
                jobs:
                  shaky: {runs-on: x, continue-on-error: true, steps: [{run: exit 1}]}
                """);
        assertThat(yard.finished(1).standing()).isEqualTo("tolerated");

        var inBetween = "<span class=\"badge warn\">passed, with allowed failures</span>";
        var allowed = "<span class=\"badge warn\">failed, allowed</span>";
        assertThat(surf.get(BUILDING + "/runs")).contains(inBetween);
        var run = surf.get(BUILDING + "/runs/1");
        assertThat(run)
                .contains(inBetween)
                .contains(allowed)
                .contains("href=\"" + BUILDING + "/runs/1/jobs/shaky\" class=\"warn\"");
        assertThat(surf.get(BUILDING + "/runs/1/jobs/shaky")).contains(allowed);
        for (var page : new String[] {"/runs", "/runs/1", "/runs/1/jobs/shaky"}) {
            assertThat(surf.get(BUILDING + page))
                    .as(page)
                    .doesNotContain("class=\"good\"")
                    .doesNotContain("class=\"bad\"")
                    .doesNotContain("badge good");
        }
        assertThat(surf.get(BUILDING + "/workflows/ci.yml/badge.svg"))
                .contains("passing with failures")
                .doesNotContain("#2a7f3f")
                .doesNotContain("#b3342b");
    }
}
