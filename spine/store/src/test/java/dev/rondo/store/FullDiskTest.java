package dev.rondo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.kits.machine.SmallDisk;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The disk gets full while many write: what was told is there, and it goes on once space is. */
@Timeout(120)
class FullDiskTest {

    private final AtomicLong next = new AtomicLong();

    @Test
    void theDatabaseLosesNothingThatWasToldAndGoesOnWhenSpaceIsFreed() {
        assumeTrue(SmallDisk.possible(), "only root may mount a small disk");
        try (var disk = SmallDisk.mount(12)) {
            disk.take(7);
            var database = new Database.Sqlite(disk.folder().resolve("rondo.db"));
            var told = new ConcurrentLinkedQueue<Long>();
            var refused = new ConcurrentLinkedQueue<Throwable>();
            try (var store = Store.open(database, Fresh.OLD)) {
                writeUntilRefused(store, told, refused);
                assertThat(told).isNotEmpty();
                assertThat(refused)
                        .isNotEmpty()
                        .allSatisfy(failure ->
                                assertThat(failure)
                                        .isInstanceOf(StoreFailure.class)
                                        .hasMessageContaining("the disk is full")
                                        .hasMessageContaining(database.file().toString())
                                        .hasMessageContaining("free space"));
                disk.fill();
                // Some may still fit into what the database holds already; soon none does.
                writeUntilRefused(store, told, refused);
                // Who only reads notices nothing.
                assertKept(store, told);
                disk.free();
                store.update(tx -> tx.sql().execute("DELETE FROM things WHERE id % 2 = 0"));
                told.removeIf(id -> id % 2 == 0);
                store.update(tx -> Fresh.insert(tx, 1_000_001));
                told.add(1_000_001L);
                assertKept(store, told);
            }
            try (var again = Store.open(database, Fresh.OLD)) {
                assertKept(again, told);
                var check =
                        again.read(sql ->
                                sql.createQuery("PRAGMA integrity_check")
                                        .mapTo(String.class)
                                        .one());
                assertThat(check).isEqualTo("ok");
            }
        }
    }

    /** Eight writers, until each has been refused. */
    private void writeUntilRefused(
            Store store, ConcurrentLinkedQueue<Long> told, ConcurrentLinkedQueue<Throwable> no) {
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                writers.submit(() -> {
                    try {
                        while (true) {
                            long id = next.incrementAndGet();
                            store.update(tx -> big(tx, id));
                            told.add(id);
                        }
                    } catch (Throwable refused) {
                        no.add(refused);
                    }
                });
            }
        }
    }

    private static void big(Tx tx, long id) {
        tx.sql()
                .execute(
                        "INSERT INTO things (id, name, content) VALUES (?, ?, ?)",
                        id,
                        "thing " + id,
                        new byte[20_000]);
    }

    private static void assertKept(Store store, Iterable<Long> told) {
        var kept = Fresh.ids(store);
        assertThat(kept).containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void aBlobThatDoesNotFitLeavesNothingAndTheNextOneFits() throws Exception {
        assumeTrue(SmallDisk.possible(), "only root may mount a small disk");
        try (var disk = SmallDisk.mount(4)) {
            var blobs = new Blobs(disk.folder().resolve("blobs"));
            var small = blobs.put(new ByteArrayInputStream(new byte[1000]), 1000);
            assertThatThrownBy(() ->
                            blobs.put(new ByteArrayInputStream(new byte[8 << 20]), Long.MAX_VALUE))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            failure ->
                                    assertThat(failure.category())
                                            .isEqualTo(StoreFailure.Category.FULL))
                    .hasMessageContaining(disk.folder().toString());
            try (var incoming = java.nio.file.Files.list(disk.folder().resolve("blobs/incoming"))) {
                assertThat(incoming).isEmpty();
            }
            var next = blobs.put(new ByteArrayInputStream(new byte[1 << 20]), Long.MAX_VALUE);
            assertThat(List.of(small, next)).allMatch(one -> blobs.path(one.digest()).isPresent());
        }
    }
}
