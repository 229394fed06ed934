package dev.rondo.journal;

import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where facts are written. Sequence numbers are handed out under the lock on the one row of {@code
 * journal_head}, which is held until the commit: the order of commits is the order of numbers, and
 * a transaction that fails leaves no gap.
 */
public final class Journal {

    static final String CHANNEL = "rondo_journal";

    private final Store store;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public Journal(Store store) {
        this.store = store;
    }

    /** Called after each commit that appended something; must only wake another thread. */
    public void onAppended(Runnable listener) {
        listeners.add(listener);
    }

    public Event append(Tx tx, Draft draft, Event... causes) {
        var seqs = new ArrayList<Long>(causes.length);
        for (var cause : causes) {
            seqs.add(cause.seq());
        }
        return append(tx, draft, seqs);
    }

    /**
     * Appends in the transaction that changes the state.
     *
     * @param causes positions of earlier events; none twice, order does not matter
     */
    public Event append(Tx tx, Draft draft, Collection<Long> causes) {
        var kind = Kind.of(draft.fact().getClass());
        var head =
                tx.sql()
                        .createQuery(
                                "UPDATE journal_head SET seq = seq + 1 WHERE one = 1"
                                        + " RETURNING seq, hash")
                        .map((row, ctx) -> new Head(row.getLong(1), row.getString(2)))
                        .one();
        var event =
                Chain.link(
                        head.hash(),
                        new Event(
                                head.seq(),
                                Ids.next(),
                                kind.word(),
                                kind.version(),
                                draft.project(),
                                draft.subject(),
                                draft.actor(),
                                Micros.toInstant(Micros.now()),
                                Kind.write(draft.fact()),
                                "",
                                List.copyOf(new TreeSet<>(causes)),
                                draft.wording().map(Wording::encoded).orElse("")));
        insert(tx, event);
        if (draft.fact() instanceof Fact.AuditRecorded && !tx.origin().isEmpty()) {
            remember(tx, event.seq(), tx.origin());
        }
        if (!event.said().isEmpty()) {
            tx.sql()
                    .createUpdate("INSERT INTO journal_wordings (seq, said) VALUES (?, ?)")
                    .bind(0, event.seq())
                    .bind(1, event.said())
                    .execute();
        }
        store.tell(tx, CHANNEL);
        tx.afterCommit(this::tellListeners);
        return event;
    }

    private record Head(long seq, String hash) {}

    private static void insert(Tx tx, Event event) {
        tx.sql()
                .createUpdate("UPDATE journal_head SET hash = ? WHERE one = 1")
                .bind(0, event.hash())
                .execute();
        tx.sql()
                .createUpdate(
                        "INSERT INTO journal_events (seq, id, kind, version, project, subject_kind,"
                                + " subject_id, actor, at, payload, hash)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .bind(0, event.seq())
                .bind(1, event.id())
                .bind(2, event.kind())
                .bind(3, event.version())
                .bind(4, event.project())
                .bind(5, event.subject().kind())
                .bind(6, event.subject().id())
                .bind(7, event.actor())
                .bind(8, Micros.of(event.at()))
                .bind(9, event.payload())
                .bind(10, event.hash())
                .execute();
        for (var cause : event.causes()) {
            tx.sql()
                    .createUpdate("INSERT INTO journal_causes (seq, cause) VALUES (?, ?)")
                    .bind(0, event.seq())
                    .bind(1, cause)
                    .execute();
        }
    }

    /** Beside the event, not in it: members read events, addresses are for administrators. */
    private static void remember(Tx tx, long seq, String address) {
        tx.sql()
                .createUpdate("INSERT INTO journal_origins (seq, address) VALUES (?, ?)")
                .bind(0, seq)
                .bind(1, address)
                .execute();
    }

    private void tellListeners() {
        listeners.forEach(Runnable::run);
    }
}
