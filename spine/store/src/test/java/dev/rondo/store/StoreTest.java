package dev.rondo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class StoreTest {

    private static final String BOTH = "dev.rondo.store.Fresh#databases";

    @ParameterizedTest
    @MethodSource(BOTH)
    void whatFailsTakesNoOtherWithIt(Database database) {
        var told = new ConcurrentLinkedQueue<Long>();
        var failed = new ConcurrentLinkedQueue<Long>();
        try (var store = Store.open(database, Fresh.OLD)) {
            try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
                LongStream.range(0, 300)
                        .forEach(id ->
                                many.submit(() -> {
                                    try {
                                        store.update(tx -> {
                                            Fresh.insert(tx, id);
                                            failEveryThird(tx, id);
                                        });
                                        told.add(id);
                                    } catch (RuntimeException expected) {
                                        failed.add(id);
                                    }
                                }));
            }
            assertThat(failed).hasSize(100).allMatch(id -> id % 3 == 0);
            var kept = Fresh.ids(store);
            assertThat(kept).containsExactlyInAnyOrderElementsOf(told).hasSize(200);
        }
    }

    /** Half of them by a mistake in Java, half by the database itself. */
    private static void failEveryThird(Tx tx, long id) {
        if (id % 6 == 0) {
            throw new IllegalArgumentException("thing " + id);
        } else if (id % 3 == 0) {
            Fresh.insert(tx, id);
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void anExceptionComesOutAsItWasThrown(Database database) {
        try (var store = Store.open(database, Fresh.OLD)) {
            var checked = new IOException("checked");
            assertThatThrownBy(() ->
                            store.write(tx -> {
                                Fresh.insert(tx, 1);
                                throw checked;
                            }))
                    .isSameAs(checked);
            var error = new AssertionError("ours");
            assertThatThrownBy(() ->
                            store.update(tx -> {
                                throw error;
                            }))
                    .isSameAs(error);
            assertThatThrownBy(() ->
                            store.update(tx -> {
                                Fresh.insert(tx, 2);
                                Fresh.insert(tx, 2);
                            }))
                    .isInstanceOf(JdbiException.class);
            assertThatThrownBy(() ->
                            store.read(sql -> {
                                throw checked;
                            }))
                    .isSameAs(checked);
            var kept = Fresh.ids(store);
            assertThat(kept).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void aTransactionInsideATransactionIsRefused(Database database) {
        try (var store = Store.open(database, Fresh.OLD)) {
            assertRefused(() -> store.read(sql -> Fresh.ids(store)));
            assertRefused(() ->
                    store.read(sql -> {
                        store.update(tx -> Fresh.insert(tx, 1));
                        return true;
                    }));
            assertRefused(() -> store.update(tx -> store.update(inner -> Fresh.insert(inner, 1))));
            assertRefused(() -> store.update(tx -> Fresh.ids(store)));
            // The thread is free again afterwards.
            store.update(tx -> Fresh.insert(tx, 2));
            var kept = Fresh.ids(store);
            assertThat(kept).containsExactly(2L);
        }
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a transaction is open on this thread");
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void actionsRunAfterTheCommitInTheirOrderOnTheCallersThread(Database database) {
        try (var store = Store.open(database, Fresh.OLD)) {
            var seen = new ArrayList<String>();
            var caller = Thread.currentThread();
            store.update(tx -> {
                tx.afterCommit(() ->
                        seen.add("first, with " + Fresh.ids(store) + (mine(caller) ? "" : "!")));
                Fresh.insert(tx, 7);
                tx.afterCommit(() -> seen.add("second"));
            });
            assertThat(seen).containsExactly("first, with [7]", "second");
        }
    }

    private static boolean mine(Thread caller) {
        return Thread.currentThread() == caller;
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void noActionRunsWhenTheTransactionFails(Database database) {
        try (var store = Store.open(database, Fresh.OLD)) {
            var seen = new ArrayList<String>();
            assertThatThrownBy(() ->
                            store.update(tx -> {
                                tx.afterCommit(() -> seen.add("ran"));
                                throw new IllegalArgumentException("no");
                            }))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(seen).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void allQueriesOfAReadSeeTheSameState(Database database) {
        try (var store = Store.open(database, Fresh.OLD)) {
            store.update(tx -> Fresh.insert(tx, 1));
            List<Integer> counts =
                    store.read(sql -> {
                        var before = count(sql);
                        // From another thread: this one is inside a transaction.
                        CompletableFuture.runAsync(() -> store.update(tx -> Fresh.insert(tx, 2)))
                                .join();
                        return List.of(before, count(sql));
                    });
            assertThat(counts).containsExactly(1, 1);
            var after = Fresh.ids(store);
            assertThat(after).containsExactly(1L, 2L);
        }
    }

    private static int count(org.jdbi.v3.core.Handle sql) {
        return sql.createQuery("SELECT count(*) FROM things").mapTo(Integer.class).one();
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void aReadCannotWrite(Database database) {
        try (var store = Store.open(database, Fresh.OLD)) {
            assertThatThrownBy(() ->
                            store.read(sql ->
                                    sql.execute("INSERT INTO things (id, name) VALUES (1, 'x')")))
                    .isInstanceOf(JdbiException.class);
            var kept = Fresh.ids(store);
            assertThat(kept).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void anOlderProgramRefusesANewerSchemaAndChangesNothing(Database database) {
        Store.open(database, Fresh.NEWER).close();
        assertThatThrownBy(() -> Store.open(database, Fresh.OLD))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        refused -> {
                            assertThat(refused.category())
                                    .isEqualTo(StoreFailure.Category.NEWER_SCHEMA);
                            assertThat(refused)
                                    .hasMessageContaining(
                                            database instanceof Database.Sqlite file
                                                    ? file.file().toString()
                                                    : database.toString())
                                    .hasMessageContaining("start the newer version");
                        });
        try (var store = Store.open(database, Fresh.NEWER)) {
            store.update(tx -> tx.sql().execute("INSERT INTO more_things VALUES (1)"));
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void aMigrationThatFailsLeavesNothingHalfDone(Database database) {
        assertThatThrownBy(() ->
                        Store.open(
                                database, List.of("dev/rondo/store/old", "dev/rondo/store/broken")))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("cannot be prepared")
                .hasMessageContaining("nowhere")
                .hasMessageNotContaining("\n");
        try (var store = Store.open(database, Fresh.OLD)) {
            assertThatThrownBy(() ->
                            store.read(sql ->
                                    sql.createQuery("SELECT id FROM half").mapTo(int.class).list()))
                    .isInstanceOf(JdbiException.class);
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void bytesComeBackAsTheyWere(Database database) {
        var content = new byte[] {0, -1, 127, -128};
        try (var store = Store.open(database, Fresh.OLD)) {
            store.update(tx ->
                    tx.sql()
                            .execute(
                                    "INSERT INTO things (id, name, content) VALUES (1, 'b', ?)",
                                    content));
            var read =
                    store.read(sql ->
                            sql.createQuery("SELECT content FROM things")
                                    .mapTo(byte[].class)
                                    .one());
            assertThat(read).isEqualTo(content);
        }
    }

    /** Each write is either told as done, and then is there, or refused. */
    @Test
    void aCloseWhileManyWriteLosesNothingAndLeavesNobodyWaiting() throws Exception {
        for (int round = 0; round < 20; round++) {
            var database = Fresh.sqlite();
            var store = Store.open(database, Fresh.OLD);
            var told = new ConcurrentLinkedQueue<Long>();
            try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
                LongStream.range(0, 200)
                        .forEach(id ->
                                many.submit(() -> {
                                    store.update(tx -> Fresh.insert(tx, id));
                                    told.add(id);
                                }));
                TimeUnit.MILLISECONDS.sleep(round % 5);
                long began = System.nanoTime();
                store.close();
                assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(5));
            }
            try (var again = Store.open(database, Fresh.OLD)) {
                var kept = Fresh.ids(again);
                assertThat(kept).containsExactlyInAnyOrderElementsOf(told);
            }
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsNamed() throws IOException {
        var database = Fresh.sqlite();
        java.nio.file.Files.writeString(database.file(), "this is a letter, ".repeat(100));
        assertThatThrownBy(() -> Store.open(database, Fresh.OLD))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(database.file().toString())
                .hasMessageContaining("not a database");
        assertThat(database.file()).hasContent("this is a letter, ".repeat(100));
    }

    @Test
    void aWrongPasswordIsToldAtOnceWithoutBeingPrinted() {
        var right = Fresh.postgres();
        var wrong = new Database.Postgres(right.url(), "rondo", "open-sesame");
        assertThatThrownBy(() -> Store.open(wrong, Fresh.OLD))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(right.toString())
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("open-sesame");
    }

    @Test
    void anAddressOfPostgresIsReadWithItsEscapesAndParameters() {
        var database = Database.Postgres.of("postgresql://ada:p%40ss%2Fw+rd@db/rondo?ssl=true");
        assertThat(database)
                .isEqualTo(
                        new Database.Postgres(
                                "jdbc:postgresql://db:5432/rondo?ssl=true", "ada", "p@ss/w+rd"));
        assertThat(database).hasToString("jdbc:postgresql://db:5432/rondo");
        for (var bad :
                List.of(
                        "postgresql://ada:s3cret@/rondo",
                        "postgresql://ada:s3cret@db",
                        "postgresql://ada:s3cret^@db/rondo")) {
            assertThatThrownBy(() -> Database.Postgres.of(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("s3cret");
        }
    }
}
