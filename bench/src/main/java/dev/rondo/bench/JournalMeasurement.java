package dev.rondo.bench;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Reaction;
import dev.rondo.journal.Reactor;
import dev.rondo.journal.Subject;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The journal by itself, each append durable in a transaction of its own. */
final class JournalMeasurement implements Measurement {

    private static final List<String> MIGRATIONS = List.of("dev/rondo/journal/db");
    private static final int WRITERS = 16;
    private static final Duration WARM = Duration.ofSeconds(4);
    private static final Duration MEASURED = Duration.ofSeconds(8);
    private static final int WARM_EVENTS = 500;
    private static final int EVENTS = 1000;
    private static final double GOAL_APPENDS = 2000;
    private static final double GOAL_MILLIS = 5;

    @Override
    public List<Figure> measure(Workbench bench) throws Exception {
        var sqlite = on(new Database.Sqlite(bench.path("rondo.db")));
        var postgres = on(PostgresPeer.start(bench));
        return List.of(
                Figure.atLeast(
                                "journal appends with 16 writers, SQLite (peer: PostgreSQL)",
                                sqlite.appends(),
                                GOAL_APPENDS,
                                "/s")
                        .against(postgres.appends(), sqlite.appends() / postgres.appends(), "/s"),
                Figure.atMost(
                        "commit → reaction hears it, SQLite, median",
                        sqlite.delays().median(),
                        GOAL_MILLIS,
                        "ms"),
                Figure.told(
                        "commit → reaction hears it, SQLite, p99",
                        Figure.show(sqlite.delays().p99(), "ms")),
                Figure.atMost(
                        "commit → reaction hears it, PostgreSQL, median",
                        postgres.delays().median(),
                        GOAL_MILLIS,
                        "ms"),
                Figure.told(
                        "commit → reaction hears it, PostgreSQL, p99",
                        Figure.show(postgres.delays().p99(), "ms")));
    }

    private record Speed(double appends, Numbers delays) {}

    private static Speed on(Database database) throws Exception {
        try (var store = Store.open(database, MIGRATIONS)) {
            var journal = new Journal(store);
            append(store, journal, WARM);
            double appends = append(store, journal, MEASURED);
            return new Speed(appends, Numbers.of(delays(store, journal)));
        }
    }

    private static double append(Store store, Journal journal, Duration length)
            throws InterruptedException {
        var count = new AtomicLong();
        var ended = new AtomicBoolean();
        long began = System.nanoTime();
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                long ticket = writer;
                writers.execute(() -> {
                    while (!ended.get()) {
                        store.update(tx -> append(journal, tx, ticket));
                        count.incrementAndGet();
                    }
                });
            }
            Thread.sleep(length);
            ended.set(true);
        }
        return count.get() / ((System.nanoTime() - began) / 1e9);
    }

    private static void append(Journal journal, Tx tx, long ticket) {
        journal.append(
                tx,
                new Draft(
                        "shop",
                        Subject.of("ticket", ticket),
                        "ada",
                        new Fact.TicketMoved(ticket, "ready", "done", "")));
    }

    /** One event after another with a rest between, as people cause them. */
    private static List<Double> delays(Store store, Journal journal) throws InterruptedException {
        Map<Long, Long> committed = new ConcurrentHashMap<>();
        Map<Long, Long> heard = new ConcurrentHashMap<>();
        var reaction =
                Reaction.named("bench")
                        .on(
                                Fact.TicketMoved.class,
                                (tx, event, fact) -> heard.put(fact.number(), System.nanoTime()));
        skipToHead(store);
        try (var reactor = new Reactor(store, journal)) {
            reactor.start(List.of(reaction));
            for (int i = 0; i < WARM_EVENTS + EVENTS; i++) {
                long ticket = 1_000_000L + i;
                store.update(tx -> {
                    // Runs before the reactor is woken, because it was asked for first.
                    tx.afterCommit(() -> committed.put(ticket, System.nanoTime()));
                    append(journal, tx, ticket);
                });
                Thread.sleep(3);
            }
            awaitHeard(heard, 1_000_000 + WARM_EVENTS + EVENTS - 1);
        }
        var millis = new ArrayList<Double>();
        for (int i = WARM_EVENTS; i < WARM_EVENTS + EVENTS; i++) {
            long ticket = 1_000_000L + i;
            long from = committed.getOrDefault(ticket, 0L);
            millis.add((heard.getOrDefault(ticket, 0L) - from) / 1e6);
        }
        return millis;
    }

    /** The reaction is new and would first hear all that was appended before, one by one. */
    private static void skipToHead(Store store) {
        store.update(tx ->
                tx.sql()
                        .createUpdate(
                                "INSERT INTO journal_cursors (reaction, seq)"
                                        + " SELECT 'bench', seq FROM journal_head")
                        .execute());
    }

    private static void awaitHeard(Map<Long, Long> heard, long ticket) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!heard.containsKey(ticket)) {
            if (System.nanoTime() > until) {
                throw new BenchFailure("the reaction does not catch up");
            }
            Thread.sleep(10);
        }
    }
}
