package dev.rondo.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.JournalReads.Direction;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.loop.ThreadRoutes.Box;
import dev.rondo.loop.ThreadRoutes.End;
import dev.rondo.store.Store;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadTest {

    private static final Fact.TrafficSample SEEN = new Fact.TrafficSample("1", 100, 0, 0, 0, 0);
    private static final Subject ROLLOUT = Subject.of("rollout", "r1");

    private Store store;
    private Journal journal;

    private Event append(Subject subject, Fact fact, Event... causes) {
        return store.write(
                tx -> journal.append(tx, new Draft("shop", subject, "ada", fact), causes));
    }

    @Test
    void aJudgementStandsBesideItsRolloutAndEveryCauseLeftOfItsEffect() {
        try (var opened = Databases.open(Databases.sqlite(), List.of("dev/rondo/journal/db"))) {
            store = opened;
            journal = new Journal(store);
            var started =
                    append(
                            ROLLOUT,
                            new Fact.RolloutStarted(
                                    "r1",
                                    "shop",
                                    "production",
                                    "1.1.0",
                                    "1.0.0",
                                    "canary",
                                    "",
                                    ""));
            var asked =
                    append(
                            ROLLOUT,
                            new Fact.JudgementRequested(
                                    "r1",
                                    2,
                                    "shop",
                                    "production",
                                    "1.0.0",
                                    "1.1.0",
                                    0,
                                    new Fact.JudgementRules(50, 60, .02, 3, .95)),
                            started);
            var given =
                    append(
                            ROLLOUT,
                            new Fact.JudgementGiven(
                                    "r1",
                                    2,
                                    "shop",
                                    "production",
                                    "1.0.0",
                                    "1.1.0",
                                    "fail",
                                    List.of(),
                                    SEEN,
                                    SEEN,
                                    "/",
                                    0),
                            asked);
            append(
                    ROLLOUT,
                    new Fact.RolloutFinished("r1", "shop", "production", "1.1.0", "rolledback", ""),
                    given);
            var events =
                    store.read(sql ->
                            JournalReads.thread(
                                    sql, List.of(started.seq()), Direction.EFFECTS, 100));

            var graph = ThreadGraph.of(events.values());

            assertThat(graph.nodes())
                    .extracting(ThreadGraph.Node::subject)
                    .containsExactly(ROLLOUT, Subject.of("judgement", asked.id()));
            assertThat(graph.nodes().getLast().place()).isEqualTo(8);
            assertThat(graph.nodes().getLast().state()).isEqualTo("fail");
            assertThat(graph.nodes().getFirst().state()).isEqualTo("rolledback");
            assertThat(graph.edges())
                    .extracting(edge -> edge.from() + " to " + edge.to())
                    .containsExactlyInAnyOrder("0 to 1", "1 to 0");
            assertThat(graph.edges())
                    .allMatch(edge ->
                            graph.columns().get(edge.cause()) < graph.columns().get(edge.effect()));
        }
    }

    @Test
    void anEdgeTurnsWhereNoBoxIsInItsWay() {
        var from = new Box(0, 0, 100, 40, 300);
        var between = new Box(100, 60, 100, 40, 200);
        var to = new Box(400, 120, 100, 40, 500);

        var path =
                ThreadRoutes.path(
                        List.of(from, between, to), new End(0, 150, false), new End(2, 400, true));

        // Straight down at 150 would lead through the box in between, which ends at 200.
        var turn = Integer.parseInt(path.replaceAll(".*?Q(\\d+) .*", "$1"));
        assertThat(turn).isGreaterThan(200).isLessThan(400);
    }

    @Test
    void anEdgeWithinOneRowIsStraight() {
        var boxes = List.of(new Box(0, 0, 100, 40, 100), new Box(200, 0, 100, 40, 300));

        assertThat(ThreadRoutes.path(boxes, new End(0, 50, false), new End(1, 200, true)))
                .isEqualTo("M50 20H200");
    }
}
