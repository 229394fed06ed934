package dev.rondo.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rondo.kits.Databases;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalTest {

    private static final List<String> MIGRATIONS = List.of("dev/rondo/journal/db");

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void eventsAreNumberedWithoutGapsAlsoWhenTransactionsFail(Database database) {
        try (var store = Databases.open(database, MIGRATIONS)) {
            var journal = new Journal(store);
            for (int i = 0; i < 20; i++) {
                boolean fails = i % 3 == 1;
                try {
                    store.update(tx -> {
                        append(journal, tx, 1, List.of());
                        if (fails) {
                            throw new IllegalStateException("after the append");
                        }
                    });
                } catch (IllegalStateException expected) {
                    assertThat(fails).isTrue();
                }
            }
            var events = store.read(sql -> JournalReads.after(sql, 0, 100));
            assertThat(events)
                    .extracting(Event::seq)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 13).boxed().toList());
            assertThat(store.read(JournalCheck::verify).whole()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void parallelAppendersCommitInTheOrderOfTheirNumbers(Database database) throws Exception {
        int writers = 16;
        int each = 60;
        try (var store = Databases.open(database, MIGRATIONS)) {
            var journal = new Journal(store);
            var seen = Collections.synchronizedList(new ArrayList<Long>());
            var done = new AtomicBoolean();
            // Whoever reads up to N must never later find an event that was missing below N.
            var reader =
                    Thread.ofVirtual()
                            .start(() -> {
                                long last = 0;
                                while (!done.get() || last < (long) writers * each) {
                                    long from = last;
                                    for (var event :
                                            store.read(sql -> JournalReads.after(sql, from, 500))) {
                                        seen.add(event.seq());
                                        last = event.seq();
                                    }
                                }
                            });
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int w = 0; w < writers; w++) {
                    int writer = w;
                    pool.submit(() -> {
                        for (int i = 0; i < each; i++) {
                            store.update(tx -> append(journal, tx, writer, List.of()));
                        }
                    });
                }
            }
            done.set(true);
            reader.join(Duration.ofSeconds(20));
            assertThat(seen)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, (long) writers * each).boxed().toList());
            assertThat(store.read(JournalCheck::verify).whole()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aChangedEventBreaksTheChainAndIsNamed(Database database) {
        try (var store = Databases.open(database, MIGRATIONS)) {
            var journal = new Journal(store);
            for (int i = 1; i <= 5; i++) {
                store.update(tx -> append(journal, tx, 1, List.of()));
            }
            store.update(tx ->
                    tx.sql()
                            .createUpdate(
                                    "UPDATE journal_events SET actor = 'someone else'"
                                            + " WHERE seq = 3")
                            .execute());
            var verdict = store.read(JournalCheck::verify);
            assertThat(verdict.whole()).isFalse();
            assertThat(verdict.problem()).contains("event 3");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void causesLeadForwardAndBackward(Database database) {
        try (var store = Databases.open(database, MIGRATIONS)) {
            var journal = new Journal(store);
            var story = store.write(tx -> append(journal, tx, 1, List.of()));
            var push = store.write(tx -> append(journal, tx, 2, List.of(story.seq())));
            var other = store.write(tx -> append(journal, tx, 3, List.of()));
            var run = store.write(tx -> append(journal, tx, 4, List.of(push.seq(), other.seq())));
            assertThat(thread(store, run, JournalReads.Direction.CAUSES))
                    .containsExactlyInAnyOrder(story.seq(), push.seq(), other.seq(), run.seq());
            assertThat(thread(store, story, JournalReads.Direction.EFFECTS))
                    .containsExactlyInAnyOrder(story.seq(), push.seq(), run.seq());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aReactionHearsEveryEventOnceAndGoesOnWhereItWas(Database database) {
        try (var store = Databases.open(database, MIGRATIONS)) {
            var journal = new Journal(store);
            store.update(tx -> tx.sql().execute("CREATE TABLE heard (seq BIGINT PRIMARY KEY)"));
            append(store, journal, 30);
            try (var reactor = new Reactor(store, journal)) {
                reactor.start(List.of(writesDown()));
                append(store, journal, 20);
                await().untilAsserted(() -> assertThat(heard(store)).hasSize(50));
            }
            append(store, journal, 10);
            try (var reactor = new Reactor(store, journal)) {
                reactor.start(List.of(writesDown()));
                await().untilAsserted(() ->
                        assertThat(heard(store))
                                .containsExactlyElementsOf(
                                        LongStream.rangeClosed(1, 60).boxed().toList()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aPoisonedEventIsParkedWithItsSubjectAndTheRestGoesOn(Database database) {
        try (var store = Databases.open(database, MIGRATIONS)) {
            var journal = new Journal(store);
            var well = new AtomicBoolean();
            store.update(tx -> tx.sql().execute("CREATE TABLE heard (seq BIGINT PRIMARY KEY)"));
            var pauses = List.of(Duration.ofMillis(1), Duration.ofMillis(1));
            try (var reactor = new Reactor(store, journal, pauses)) {
                reactor.start(
                        List.of(
                                Reaction.named("picky")
                                        .on(
                                                Fact.TicketMoved.class,
                                                (tx, event, fact) -> {
                                                    if (fact.number() == 7 && !well.get()) {
                                                        throw new IllegalStateException("poison");
                                                    }
                                                    writeDown(tx, event);
                                                })));
                for (long ticket : new long[] {1, 7, 2, 7, 3}) {
                    store.update(tx -> append(journal, tx, ticket, List.of()));
                }
                await().untilAsserted(() -> assertThat(heard(store)).containsExactly(1L, 3L, 5L));
                await().untilAsserted(() ->
                        assertThat(reactor.parked())
                                .extracting(ParkedEvent::seq)
                                .containsExactly(2L, 4L));
                assertThat(reactor.parked().getFirst().error()).contains("poison");

                assertThat(reactor.retry("picky", "shop", Subject.of("ticket", 7))).isZero();
                well.set(true);
                assertThat(reactor.retry("picky", "shop", Subject.of("ticket", 7))).isEqualTo(2);
                assertThat(reactor.parked()).isEmpty();
                assertThat(heard(store)).containsExactly(1L, 2L, 3L, 4L, 5L);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aTransactionInsideATransactionIsRefused(Database database) {
        try (var store = Databases.open(database, MIGRATIONS)) {
            assertThatThrownBy(() -> store.update(tx -> store.update(inner -> {})))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("transaction is open");
        }
    }

    private static void append(Store store, Journal journal, int times) {
        for (int i = 0; i < times; i++) {
            store.update(tx -> append(journal, tx, 1, List.of()));
        }
    }

    private static Event append(
            Journal journal, dev.rondo.store.Tx tx, long ticket, List<Long> causes) {
        return journal.append(
                tx,
                new Draft(
                        "shop",
                        Subject.of("ticket", ticket),
                        "ada",
                        new Fact.TicketMoved(ticket, "ready", "done", "")),
                causes);
    }

    private static java.util.Set<Long> thread(
            Store store, Event from, JournalReads.Direction direction) {
        var thread =
                store.read(sql -> JournalReads.thread(sql, List.of(from.seq()), direction, 100));
        return thread.keySet();
    }

    private static Reaction writesDown() {
        return Reaction.named("writes-down").onAny((tx, event, fact) -> writeDown(tx, event));
    }

    private static void writeDown(dev.rondo.store.Tx tx, Event event) {
        tx.sql().createUpdate("INSERT INTO heard (seq) VALUES (?)").bind(0, event.seq()).execute();
    }

    private static List<Long> heard(Store store) {
        return store.read(sql ->
                sql.createQuery("SELECT seq FROM heard ORDER BY seq").mapTo(Long.class).list());
    }
}
