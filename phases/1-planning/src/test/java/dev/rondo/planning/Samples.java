package dev.rondo.planning;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A backlog, a board and a sprint as the demo has them, to look at. */
final class Samples {

    static final String COMMIT = "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334";

    private Samples() {}

    static void fill(Ground ground) {
        var sprint =
                Ground.done(
                        ground.store.write(tx ->
                                ground.tickets
                                        .sprints()
                                        .create(
                                                tx,
                                                "shop",
                                                "ada",
                                                "Checkout that works",
                                                "A customer can pay, once.",
                                                Instant.now().plus(Duration.ofDays(9)))));
        add(ground, "epic", "Checkout", 0, sprint, List.of());
        var titles =
                List.of(
                        "Pay by card without leaving the page",
                        "See what is in the basket from every page",
                        "Cancel an order within ten minutes",
                        "Receipts by e-mail");
        for (var title : titles) {
            add(ground, "story", title, 1, sprint, List.of("checkout"));
        }
        add(ground, "task", "Rotate the payment keys", 0, sprint, List.of("security", "ops"));
        ground.store.update(tx ->
                Ground.done(
                        ground.tickets
                                .sprints()
                                .advance(tx, "shop", sprint.id(), "ada", "active")));
        Ground.done(ground.move(3, State.IN_PROGRESS));
        Ground.done(ground.move(4, State.READY));
        Ground.done(ground.move(5, State.DONE));
        ground.tell(Subject.of("change", COMMIT), push(2, true));
        ground.tell(Subject.of("service", "shop/production"), rollback());
        ground.tell(Subject.of("incident", 1), incident());
    }

    /** Many items at the end of the backlog, written past the journal to save time. */
    static void crowd(Ground ground, int count) {
        ground.store.update(tx -> {
            TicketStore.lock(tx, "shop");
            var rank = ground.tickets.orders().bottom(tx, "shop");
            var batch =
                    tx.sql()
                            .prepareBatch(
                                    "INSERT INTO planning_tickets (project, number, type,"
                                            + " title, description, criteria, state,"
                                            + " estimate, assignee, parent, sprint, rank,"
                                            + " open, created_by, created_at, updated_at,"
                                            + " moved_at) VALUES ('shop', ?, 'story', ?, '',"
                                            + " '', 'backlog', 3, '', 0, '', ?, 1, 'ada', 0,"
                                            + " 0, 0)");
            for (int i = 0; i < count; i++) {
                batch.bind(0, 1000 + i).bind(1, "Item " + i + " of many").bind(2, rank).add();
                rank = Rank.after(rank);
                if (i % 1000 == 999) {
                    batch.execute();
                }
            }
            if (batch.size() > 0) {
                batch.execute();
            }
        });
    }

    private static void add(
            Ground ground,
            String type,
            String title,
            long parent,
            Sprint sprint,
            List<String> tags) {
        var wish =
                new Wish(
                        Optional.of(type),
                        Optional.of(title),
                        Optional.of(
                                "As a **customer** I want this, see #1.\n\n- fast\n- without"
                                        + " surprises\n"),
                        Optional.of(
                                "Scenario: It works\n  Given a basket with one item\n  When I pay"
                                        + "\n  Then I get a receipt\n"),
                        Optional.of(3L),
                        Optional.of(tags.isEmpty() ? "" : "ada"),
                        Optional.of(parent),
                        Optional.of(sprint.id()),
                        Optional.of(tags));
        Ground.done(
                ground.store.write(tx ->
                        ground.tickets.create(tx, "shop", "ada", wish, TicketStore.Start.USUAL)));
    }

    static Fact.ChangePushed push(long number, boolean fixes) {
        return push(COMMIT, number, fixes);
    }

    static Fact.ChangePushed push(String commit, long number, boolean fixes) {
        return new Fact.ChangePushed(
                "shop",
                "refs/heads/main",
                "0".repeat(40),
                commit,
                true,
                false,
                List.of(
                        new Fact.Commit(
                                commit,
                                "feat: pay by card (#" + number + ")",
                                "Ada",
                                "ada@x.org",
                                0,
                                List.of(number),
                                fixes ? List.of(number) : List.of())));
    }

    static Fact.GateDecided gate(String commit, String verdict) {
        return new Fact.GateDecided(
                "run-1", commit, "refs/heads/main", true, verdict, List.of("All tests pass."));
    }

    static Fact.ServiceDeployed deployed(String environment, List<Long> tickets) {
        return new Fact.ServiceDeployed(
                "shop", environment, "1.0.0", "", COMMIT, "rollout-0", tickets);
    }

    static Fact.ServiceRolledBack rollback() {
        return new Fact.ServiceRolledBack(
                "shop",
                "production",
                "1.1.0",
                "1.0.0",
                COMMIT,
                "rollout-1",
                "The error ratio is worse than that of 1.0.0.",
                "GET /api/recommendations",
                0.2,
                new Fact.TrafficSample("1.0.0", 1800, 0, 0.004, 0.011, 0.020),
                new Fact.TrafficSample("1.1.0", 200, 40, 0.005, 0.012, 0.022));
    }

    static Fact.IncidentDetected incident() {
        return new Fact.IncidentDetected(
                1,
                "major",
                "shop 1.1.0 was rolled back in production",
                "shop",
                "production",
                "1.1.0",
                COMMIT,
                "40 of 200 failed");
    }
}
