package dev.rondo.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.Databases;
import dev.rondo.store.Database;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sentences of events for readers of any language. */
class WordingTest {

    private static final Wording NESTED =
            Wording.of(
                    "deploying.reason.judged",
                    Wording.all(
                            List.of(
                                    Wording.of("monitoring.reason.errors", 0.25, 12L, "a \"b\""),
                                    Wording.of("monitoring.reason.none"))));

    @Test
    void aSentenceWithinASentenceSurvivesBeingStored() {
        assertThat(Wording.decode(NESTED.encoded())).isEqualTo(NESTED);
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void anEventIsReadWithItsSentenceAndItsHashDoesNotKnowIt(Database database) {
        try (var store = Databases.open(database, List.of("dev/rondo/journal/db"))) {
            var journal = new Journal(store);
            var recalled = new Fact.ReleaseRecalled("1.0.0", "bad");
            var draft = new Draft("shop", Subject.of("release", "1.0.0"), "ada", recalled);
            var written =
                    store.write(
                            tx -> journal.append(tx, draft.saying(Optional.of(NESTED)), List.of()));
            store.update(tx -> journal.append(tx, draft, List.of(written.seq())));
            var read = store.read(sql -> JournalReads.after(sql, 0, 10));
            assertThat(read.getFirst()).isEqualTo(written);
            assertThat(read.getFirst().wording()).contains(NESTED);
            assertThat(read.getLast().wording()).isEmpty();
            assertThat(read.getLast().causes()).containsExactly(written.seq());
            store.update(tx -> tx.sql().execute("DELETE FROM journal_wordings"));
            var whole = store.read(JournalCheck::verify);
            assertThat(whole.whole()).as(whole.problem()).isTrue();
        }
    }
}
