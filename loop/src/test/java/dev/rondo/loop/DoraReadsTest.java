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
import dev.rondo.store.Database;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DoraReadsTest {

    private static final Fact.TrafficSample SEEN = new Fact.TrafficSample("1", 100, 0, 0, 0, 0);

    private Store store;
    private Journal journal;

    private Event append(Subject subject, Fact fact, Event... causes) {
        return store.write(
                tx -> journal.append(tx, new Draft("shop", subject, "ada", fact), causes));
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aDeploymentFailedWhenItsOwnRolloutWasRolledBackOrCausedAnIncident(Database database) {
        try (var opened = Databases.open(database, List.of("dev/rondo/journal/db"))) {
            store = opened;
            journal = new Journal(store);
            deploy("r1", "1.0.0", "a".repeat(40), true);
            var bad = deploy("r2", "1.1.0", "b".repeat(40), false);
            var incident =
                    append(
                            Subject.of("incident", 1),
                            new Fact.IncidentDetected(
                                    1, "major", "bad", "shop", "production", "1.1.0", "", ""),
                            bad);
            append(
                    Subject.of("incident", 1),
                    new Fact.IncidentResolved(
                            1,
                            "shop",
                            "production",
                            Micros.of(incident.at()) - 5_000_000,
                            "mended"),
                    incident);
            deploy("r3", "1.1.1", "c".repeat(40), true);

            var dora = new DoraReads(store).of("shop", "production", 30);

            assertThat(dora.deployments()).hasSize(3);
            assertThat(dora.failed()).isEqualTo(1);
            assertThat(dora.failureRate()).hasValue(1.0 / 3);
            assertThat(dora.changes())
                    .extracting(Dora.Change::commit)
                    .containsExactly("a".repeat(40), "c".repeat(40));
            assertThat(dora.leadTime())
                    .hasValueSatisfying(lead ->
                            assertThat(lead).isGreaterThanOrEqualTo(Duration.ofMinutes(10)));
            assertThat(dora.timeToRestore())
                    .hasValueSatisfying(
                            time -> assertThat(time).isGreaterThanOrEqualTo(Duration.ofSeconds(5)));
            assertThat(new DoraReads(store).of("shop", "staging", 30).deployments()).isEmpty();
        }
    }

    private Event deploy(String rollout, String version, String commit, boolean good) {
        var push =
                append(
                        Subject.of("change", commit),
                        new Fact.ChangePushed(
                                "shop",
                                "refs/heads/main",
                                "0".repeat(40),
                                commit,
                                true,
                                false,
                                List.of(
                                        new Fact.Commit(
                                                commit,
                                                "feat: " + version,
                                                "Ada",
                                                "ada@example.org",
                                                Micros.now() - 600_000_000L,
                                                List.of(),
                                                List.of()))));
        var subject = Subject.of("rollout", rollout);
        var start =
                append(
                        subject,
                        new Fact.RolloutStarted(
                                rollout, "shop", "production", version, "", "canary", "", commit),
                        push);
        var service = Subject.of("service", "shop/production");
        var end =
                good
                        ? append(
                                service,
                                new Fact.ServiceDeployed(
                                        "shop",
                                        "production",
                                        version,
                                        "",
                                        commit,
                                        rollout,
                                        List.of()),
                                start)
                        : append(
                                service,
                                new Fact.ServiceRolledBack(
                                        "shop",
                                        "production",
                                        version,
                                        "1.0.0",
                                        commit,
                                        rollout,
                                        "judged worse",
                                        "/api",
                                        0.2,
                                        SEEN,
                                        SEEN),
                                start);
        append(
                subject,
                new Fact.RolloutFinished(
                        rollout,
                        "shop",
                        "production",
                        version,
                        good ? "completed" : "rolledback",
                        ""),
                end);
        return end;
    }

    @Test
    void theThreadFoldsEventsIntoSubjectsAndKeepsTheirEdges() {
        try (var opened = Databases.open(Databases.sqlite(), List.of("dev/rondo/journal/db"))) {
            store = opened;
            journal = new Journal(store);
            var story =
                    append(
                            Subject.of("ticket", 3),
                            new Fact.TicketCreated(3, "story", "Sell tea", "backlog", List.of()));
            var moved =
                    append(
                            Subject.of("ticket", 3),
                            new Fact.TicketMoved(3, "backlog", "in-progress", ""),
                            story);
            var push =
                    append(
                            Subject.of("change", "d".repeat(40)),
                            new Fact.ChangePushed(
                                    "shop",
                                    "refs/heads/main",
                                    "",
                                    "d".repeat(40),
                                    true,
                                    false,
                                    List.of()),
                            moved);
            var events =
                    store.read(sql ->
                            JournalReads.thread(sql, List.of(push.seq()), Direction.CAUSES, 100));

            var graph = ThreadGraph.of(events.values());

            assertThat(graph.nodes())
                    .extracting(ThreadGraph.Node::title)
                    .containsExactly("#3 Sell tea", "main");
            assertThat(graph.nodes().getFirst().state()).isEqualTo("in-progress");
            assertThat(graph.edges())
                    .containsExactly(new ThreadGraph.Edge(0, 1, moved.seq(), push.seq()));
        }
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Dora.median(List.of())).isEmpty();
        assertThat(
                        Dora.median(
                                List.of(
                                        Duration.ofSeconds(9),
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(3),
                                        Duration.ofSeconds(5))))
                .hasValue(Duration.ofSeconds(4));
    }
}
