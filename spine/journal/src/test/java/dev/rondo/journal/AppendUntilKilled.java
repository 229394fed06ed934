package dev.rondo.journal;

import dev.rondo.store.Database;
import dev.rondo.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * A process of its own that appends with four writers and reacts, until it is killed. It prints the
 * number of each event once its append is acknowledged.
 */
final class AppendUntilKilled {

    static final String HEARD =
            "CREATE TABLE IF NOT EXISTS heard (seq BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL)";

    private AppendUntilKilled() {}

    public static void main(String[] args) {
        var store = open(args);
        var journal = new Journal(store);
        store.update(tx -> tx.sql().execute(HEARD));
        var reactor = new Reactor(store, journal);
        reactor.start(List.of(reaction(journal)));
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int w = 0; w < 4; w++) {
                int writer = w;
                writers.submit(() -> {
                    while (true) {
                        var event = store.write(tx -> append(journal, tx, writer));
                        synchronized (System.out) {
                            System.out.println(event.seq());
                            System.out.flush();
                        }
                    }
                });
            }
        }
    }

    static Store open(String... args) {
        Database database =
                args[0].equals("sqlite")
                        ? new Database.Sqlite(Path.of(args[1]))
                        : new Database.Postgres(args[1], args[2], args[3]);
        return Store.open(database, List.of("dev/rondo/journal/db"));
    }

    static Event append(Journal journal, dev.rondo.store.Tx tx, int writer) {
        return journal.append(
                tx,
                new Draft(
                        "shop",
                        Subject.of("ticket", writer),
                        "ada",
                        new Fact.TicketMoved(writer, "ready", "done", "")));
    }

    /** Hears moves, writes each down, and answers each tenth by an event of its own. */
    static Reaction reaction(Journal journal) {
        return Reaction.named("hears-moves")
                .on(
                        Fact.TicketMoved.class,
                        (tx, event, fact) -> {
                            // A second hearing would break the primary key and park the event.
                            tx.sql()
                                    .createUpdate("INSERT INTO heard (seq, at) VALUES (?, 0)")
                                    .bind(0, event.seq())
                                    .execute();
                            if (event.seq() % 10 == 0) {
                                journal.append(
                                        tx,
                                        new Draft(
                                                "shop",
                                                event.subject(),
                                                "rondo:test",
                                                new Fact.TicketCommented(fact.number(), "heard")),
                                        event);
                            }
                        });
    }
}
