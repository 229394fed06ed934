package dev.rondo.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One fact in the journal, never changed and never deleted.
 *
 * @param seq position in the journal, without gaps, from 1
 * @param id UUIDv7; effects outside the database are keyed by it
 * @param kind such as {@code change.pushed}
 * @param version of the payload's shape
 * @param project name of the project, or empty for the whole installation
 * @param actor who did it: an account's name, or {@code rondo:<phase>}
 * @param payload JSON of the {@link Fact}
 * @param hash SHA-256 over the one before and this event, in hex
 * @param causes positions of the events that caused this one
 * @param said a {@link Wording}, encoded; empty without one
 */
public record Event(
        long seq,
        String id,
        String kind,
        int version,
        String project,
        Subject subject,
        String actor,
        Instant at,
        String payload,
        String hash,
        List<Long> causes,
        String said) {

    /** One that says nothing beside its payload. */
    public Event(
            long seq,
            String id,
            String kind,
            int version,
            String project,
            Subject subject,
            String actor,
            Instant at,
            String payload,
            String hash,
            List<Long> causes) {
        this(seq, id, kind, version, project, subject, actor, at, payload, hash, causes, "");
    }

    /** The payload as its record. */
    public Fact fact() {
        return Kind.of(kind, version).read(payload);
    }

    /** Its sentence for readers of any language, where it was written with one. */
    public Optional<Wording> wording() {
        return said.isEmpty() ? Optional.empty() : Optional.of(Wording.decode(said));
    }

    Event withCauses(Map<Long, List<Long>> causesBySeq) {
        var known = causesBySeq.getOrDefault(seq, List.of());
        return known.isEmpty()
                ? this
                : new Event(
                        seq, id, kind, version, project, subject, actor, at, payload, hash, known,
                        said);
    }
}
