package dev.rondo.journal;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Walks the whole chain: numbers without gaps, hashes that fit, causes that lie before. */
public final class JournalCheck {

    private static final int STEP = 2_000;

    private JournalCheck() {}

    /**
     * The verdict: how many events were read, and where the first mistake is.
     *
     * @param problem empty when the chain is whole
     */
    public record Verdict(long events, String headHash, String problem) {

        public boolean whole() {
            return problem.isEmpty();
        }
    }

    public static Verdict verify(Handle sql) {
        var hash = Chain.GENESIS;
        long seq = 0;
        List<Event> step;
        while (!(step = JournalReads.after(sql, seq, STEP)).isEmpty()) {
            for (var event : step) {
                var problem = problem(seq, hash, event);
                if (!problem.isEmpty()) {
                    return new Verdict(seq, hash, problem);
                }
                seq = event.seq();
                hash = event.hash();
            }
        }
        var head =
                sql.createQuery("SELECT seq, hash FROM journal_head WHERE one = 1")
                        .map((row, ctx) -> row.getLong(1) + " " + row.getString(2))
                        .one();
        return new Verdict(
                seq,
                hash,
                head.equals(seq + " " + hash)
                        ? ""
                        : "the head is " + head + ", but the last event is " + seq + " " + hash);
    }

    private static String problem(long before, String hashBefore, Event event) {
        if (event.seq() != before + 1) {
            return "event " + event.seq() + " follows " + before;
        }
        if (!Chain.hash(hashBefore, event).equals(event.hash())) {
            return "event " + event.seq() + " (" + event.kind() + ") was changed: its hash differs";
        }
        for (var cause : event.causes()) {
            if (cause >= event.seq()) {
                return "event " + event.seq() + " names " + cause + ", which is later, as a cause";
            }
        }
        return "";
    }
}
