package dev.rondo.loop.view;

import java.time.Duration;
import java.time.Instant;

/**
 * One time that an event was sent to a receiver.
 *
 * @param kind of the event, as a word
 * @param about what the event says, in a few words
 * @param number which try it was, from 1; 0 for one that somebody asked for
 * @param status of the answer; 0 when there was none
 * @param reason why there was none, as a word
 * @param account who asked for it; empty when it was due
 */
public record DeliveryView(
        String id,
        long seq,
        String kind,
        String about,
        int number,
        Instant at,
        Duration took,
        int status,
        String reason,
        String account) {

    public boolean delivered() {
        return status / 100 == 2;
    }

    /**
     * All of it.
     *
     * @param detail what the network said, where there was no answer
     * @param requestHeaders a line each, without what is signed
     */
    public record Whole(
            DeliveryView row,
            String detail,
            String requestHeaders,
            String requestBody,
            String responseHeaders,
            String responseBody) {}
}
