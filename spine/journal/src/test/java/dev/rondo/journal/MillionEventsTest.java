package dev.rondo.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.kits.Databases;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The journal at size: it stays whole, and a page of it costs what it did when it was small. */
class MillionEventsTest {

    @Test
    void twentyThousandEventsStayWhole() throws Exception {
        append(20_000);
    }

    @Test
    @Tag("long")
    void aMillionEventsStayWhole() throws Exception {
        append(1_000_000);
    }

    private static void append(int events) throws Exception {
        try (var store = Databases.open(Databases.sqlite(), List.of("dev/rondo/journal/db"))) {
            var journal = new Journal(store);
            var heard = new AtomicLong();
            try (var reactor = new Reactor(store, journal)) {
                reactor.start(
                        List.of(
                                Reaction.named("counts")
                                        .on(
                                                Fact.TicketCreated.class,
                                                (tx, event, fact) -> heard.incrementAndGet())));
                try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int w = 0; w < 16; w++) {
                        int writer = w;
                        writers.submit(() -> {
                            for (int i = 0; i < events / 16; i++) {
                                store.update(tx -> AppendUntilKilled.append(journal, tx, writer));
                            }
                        });
                    }
                }
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() ->
                                assertThat(reactor.lags().getFirst().seq()).isEqualTo(events));
            }
            var verdict = store.read(JournalCheck::verify);
            assertThat(verdict.problem()).isEmpty();
            assertThat(verdict.events()).isEqualTo(events);
            var last = store.read(sql -> JournalReads.before(sql, "shop", 51, 50));
            assertThat(last).hasSize(50);
            assertThat(heard).hasValue(0);
        }
    }
}
