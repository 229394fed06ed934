package dev.rondo.access;

import java.util.List;

/**
 * The end of an action that may be refused for a reason that its user should read. Mistakes of the
 * program and failures of the outside world are exceptions instead.
 */
public sealed interface Outcome<T> {

    record Done<T>(T value) implements Outcome<T> {}

    /**
     * @param key of the text that says why
     * @param field of the form that it is about, or empty
     * @param args of the text
     */
    record Refused<T>(String key, String field, List<Object> args) implements Outcome<T> {}

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(String key, String field, Object... args) {
        return new Refused<>(key, field, List.of(args));
    }
}
