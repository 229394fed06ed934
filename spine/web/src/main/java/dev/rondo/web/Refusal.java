package dev.rondo.web;

import dev.rondo.access.Outcome;
import java.util.List;

/**
 * An expected "no": the user's fault, said in the user's language. {@code field} names the form
 * field or JSON member that is to blame, or is empty.
 *
 * @param key of the text
 * @param args of the text
 * @param status HTTP status, 4xx
 */
public record Refusal(String key, List<Object> args, String field, int status) {

    public Refusal {
        if (status < 400 || status > 499) {
            throw new IllegalArgumentException("a refusal is a 4xx, not " + status);
        }
        args = List.copyOf(args);
    }

    /** 422: the request is understood, what it says cannot be done. */
    public static Refusal of(String key, Object... args) {
        return new Refusal(key, List.of(args), "", 422);
    }

    /** What access refused, as 422. */
    public static Refusal of(Outcome.Refused<?> refused) {
        return new Refusal(refused.key(), refused.args(), refused.field(), 422);
    }

    /** 404. */
    public static Refusal missing(String key, Object... args) {
        return new Refusal(key, List.of(args), "", 404);
    }

    /** 403. */
    public static Refusal forbidden(String key, Object... args) {
        return new Refusal(key, List.of(args), "", 403);
    }

    /** 409: someone else was quicker, or the thing is in another state by now. */
    public static Refusal conflict(String key, Object... args) {
        return new Refusal(key, List.of(args), "", 409);
    }

    public Refusal at(String name) {
        return new Refusal(key, args, name, status);
    }

    public Refusal status(int code) {
        return new Refusal(key, args, field, code);
    }

    public Refused asException() {
        return new Refused(this);
    }
}
