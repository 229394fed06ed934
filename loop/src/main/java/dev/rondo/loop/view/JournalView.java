package dev.rondo.loop.view;

import java.time.Instant;
import java.util.List;

/** The state of the journal for its operator. */
public record JournalView(long head, List<Cursor> cursors, List<Parked> parked) {

    /** How far a reaction is. */
    public record Cursor(String reaction, long seq, long behind) {}

    /** An event that a reaction could not digest. */
    public record Parked(
            String reaction, long seq, String project, String subject, String error, Instant at) {}
}
