package dev.rondo.loop;

import java.time.Duration;
import java.time.Instant;

/**
 * One time that an event was sent to a receiver.
 *
 * @param number which try it was, from 1; 0 for one that somebody asked for
 * @param status of the answer; 0 when there was none
 * @param reason why there was none, as a word; empty when there was one
 * @param detail what the network said then
 * @param headers of the answer, a line each
 * @param body of the answer, its beginning
 * @param account who asked for it; empty when it was due
 */
record Attempt(
        String id,
        String webhook,
        long seq,
        int number,
        Instant at,
        Duration took,
        int status,
        String reason,
        String detail,
        String headers,
        String body,
        String account) {

    boolean delivered() {
        return status / 100 == 2;
    }

    /** In a few words, for the log and the row of the delivery. */
    String answer() {
        return status > 0 ? "HTTP " + status : detail;
    }
}
