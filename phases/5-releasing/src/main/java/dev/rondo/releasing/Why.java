package dev.rondo.releasing;

import java.util.List;

/** A reason as a text of any language. */
record Why(String key, List<Object> args) {

    static Why of(String key, Object... args) {
        return new Why(key, List.of(args));
    }

    /** Why this version and no other, or why none. */
    static Why of(NextRelease next) {
        if (next.because().isEmpty()) {
            return next.last().isPresent()
                    ? of("releasing.why.nothing", next.last().get().toString())
                    : of("releasing.why.nothing.first");
        }
        var because = next.because().get();
        var said = because.type() + ": " + because.description();
        if (next.last().isEmpty()) {
            return of("releasing.why.first", said, because.shortId());
        }
        return of(
                "releasing.why." + next.bump().name().toLowerCase(java.util.Locale.ROOT),
                next.last().get().toString(),
                said,
                because.shortId());
    }
}
