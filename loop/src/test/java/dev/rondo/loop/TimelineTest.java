package dev.rondo.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.kits.ground.Ground;
import dev.rondo.kits.ground.Surf;
import dev.rondo.web.Web;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A project's own history, drawn, and that of DevOps beside it. */
class TimelineTest {

    private final Ground ground = new Ground("loop");
    private final Web web =
            new Web(
                    ground.site(),
                    routes -> new TimelinePages(ground.spine().store()).routes(routes));
    private final Surf surf = new Surf(ground.spine(), web);

    @AfterEach
    void close() {
        web.stop();
        ground.close();
    }

    private Event append(Subject subject, Fact fact, Event... causes) {
        return ground.spine()
                .store()
                .write(tx ->
                        ground.spine()
                                .journal()
                                .append(tx, new Draft("shop", subject, "ada", fact), causes));
    }

    @Test
    void eventsAreDrawnInTheLanesOfTheirPhasesWithLinesFromTheirCauses() {
        var pushed =
                append(
                        Subject.of("change", "c0ffee"),
                        new Fact.ChangePushed(
                                "shop",
                                "refs/heads/main",
                                "0".repeat(40),
                                "c0ffee",
                                true,
                                false,
                                List.of()));
        var started =
                append(
                        Subject.of("rollout", "r1"),
                        new Fact.RolloutStarted(
                                "r1", "shop", "production", "1.1.0", "1.0.0", "canary", "", ""),
                        pushed);
        var page = surf.get("/projects/shop/timeline");
        assertThat(page)
                .contains("events/" + pushed.seq() + "\" data-phase=\"2\" class=\"timeline-dot\"")
                .contains("events/" + started.seq() + "\" data-phase=\"6\" class=\"timeline-dot\"")
                .containsOnlyOnce("class=\"thread-edge\"")
                .contains(started.at().toString().substring(0, 10))
                .contains("2010–2015")
                .doesNotContain("href=\"?before=");
    }

    @Test
    void aLongHistoryIsTurnedPageByPage() {
        for (int i = 0; i < 60; i++) {
            append(
                    Subject.of("rollout", "r" + i),
                    new Fact.RolloutStarted(
                            "r" + i, "shop", "production", "1." + i, "", "canary", "", ""));
        }
        var page = surf.get("/projects/shop/timeline");
        assertThat(page.split("class=\"timeline-dot\"", -1)).hasSizeBetween(49, 51);
        var before = page.substring(page.indexOf("?before=") + 8);
        var older = surf.get("/projects/shop/timeline?before=" + before.split("\"", 2)[0]);
        assertThat(older).contains("class=\"timeline-dot\"").doesNotContain("href=\"?before=");
    }
}
