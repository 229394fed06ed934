package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Subject;
import dev.rondo.kits.ground.Surf;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Parts;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import dev.rondo.web.Web;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs remarked stands on the pages of the commit and of its files, which are coding's. */
final class RemarkPanelsTest {
    private Yard yard;
    private Web others;
    private Surf surf;

    @BeforeEach
    void start() {
        yard = new Yard().start();
        others = new Web(yard.site, this::pageOfAnyThing);
        surf = new Surf(yard.spine, others);
    }

    @AfterEach
    void stop() {
        others.stop();
        yard.close();
    }

    private void pageOfAnyThing(Routes routes) {
        routes.get("/projects/{project}/thing", May.READ, RemarkPanelsTest::thing);
    }

    private static void thing(Visit visit) {
        var about = new Subject(visit.param("kind"), visit.param("id"));
        visit.page(Page.titled("Thing"), Parts.panels(visit, about));
    }

    private String panels(String kind, String id) {
        return surf.get(
                "/projects/shop/thing?kind="
                        + kind
                        + "&id="
                        + URLEncoder.encode(id, StandardCharsets.UTF_8));
    }

    @Test
    void remarksStandOnTheirCommitAndOnTheirFileOnceEach() {
        var workflow =
                """
                on: push
                jobs:
                  check:
                    runs-on: x
                    strategy: {matrix: {n: [1, 2]}}
                    steps:
                      - run: |
                          echo '::warning file=src/a b.js,line=3,title=Look::careful <here>'
                          echo '::error file=other.js,line=9::broken'
                          echo '::notice::of no file'
                """;
        yard.workflow(workflow);
        var run = yard.finished(1);
        var commit = run.source().commit();

        var onCommit = panels("change", commit);
        assertThat(onCommit)
                .contains("src/a b.js:3", "<strong>Look</strong>", "careful &lt;here&gt;")
                .contains("other.js:9", "broken", "badge bad", "badge warn")
                .doesNotContain("of no file")
                .doesNotContain("panel failed");
        assertThat(onCommit.split("careful", -1)).as("both jobs said it").hasSize(2);

        assertThat(panels("file", commit + ":src/a b.js"))
                .contains("careful &lt;here&gt;")
                .doesNotContain("broken");
        assertThat(panels("file", commit + ":clean.js"))
                .doesNotContain("careful")
                .doesNotContain("class=\"panel\"");
        assertThat(panels("change", "0".repeat(40))).doesNotContain("class=\"panel\"");

        // Once mended nothing is remarked about the new commit, and the old one keeps its own.
        yard.workflow(workflow.replaceAll("echo '::[a-z]+", "echo 'no"));
        var mended = yard.finished(2).source().commit();
        assertThat(panels("file", mended + ":src/a b.js")).doesNotContain("careful");
        assertThat(panels("change", commit)).contains("careful");
    }
}
