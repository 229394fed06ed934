package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.ground.Surf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page of a run whose matrix is too large to be looked through at a glance. */
class MatrixPageTest {
    private final Yard yard = new Yard().start();
    private final Surf surf = new Surf(yard.spine, yard.web);

    @AfterEach
    void stop() {
        yard.web.stop();
        yard.close();
    }

    @Test
    void aLargeMatrixIsOneThingUntilItIsOpened() {
        yard.workflow(
                """
                on: push
                jobs:
                  many:
                    runs-on: x
                    strategy: {matrix: {n: [1, 2, 3, 4, 5, 6, 7]}}
                    continue-on-error: ${{ matrix.n == 7 }}
                    steps: [{run: "test ${{ matrix.n }} != 7"}]
                  after:
                    needs: many
                    runs-on: x
                    steps: [{run: echo after}]
                """);
        var run = yard.finished(1);
        var page = "/projects/shop/building/runs/" + run.number();
        assertThat(surf.get(page))
                .contains("many × 7")
                .contains("× 6")
                .contains("failed, allowed")
                .contains("?open=many#many")
                .doesNotContain("many (3)")
                .containsOnlyOnce("<path class=\"edge\"");
        assertThat(surf.get(page + "?open=many"))
                .contains("many (3)")
                .contains("href=\"" + page + "#many");
    }
}
