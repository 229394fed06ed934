package dev.rondo.releasing;

/** Which number of a version a change moves; the later, the further. */
enum Bump {
    NONE,
    PATCH,
    MINOR,
    MAJOR;

    Bump or(Bump other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
