package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.ground.Surf;
import dev.rondo.records.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an owner says about keeping artifacts is what a job is told. */
final class ArtifactDaysTest {
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
    void theProjectsDaysStandInTheContextAndBoundTheAction() {
        surf.expect(
                303,
                "POST",
                "/projects/shop/building/storage/retention",
                "artifacts=12&logs=&caches=&cacheSize=");
        yard.workflow(
                """
                on: push
                run-name: kept for ${{ github.retention_days }}
                jobs:
                  a:
                    runs-on: x
                    steps:
                      - run: echo "days $GITHUB_RETENTION_DAYS ${{ github.retention_days }}" | tee kept
                      - uses: actions/upload-artifact@v4
                        with: {path: kept, retention-days: 13}
                """);
        Run run = yard.finished(1);
        assertThat(run.progress().outcome()).isEqualTo("success");
        assertThat(run.title()).isEqualTo("kept for 12");
        assertThat(yard.log(run, "a"))
                .contains("days 12 12")
                .contains(
                        "Retention days cannot be greater than the maximum allowed retention set"
                                + " within the repository. Using 12 instead.");
    }
}
