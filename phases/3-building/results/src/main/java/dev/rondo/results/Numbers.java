package dev.rondo.results;

import dev.rondo.store.Tx;

/** Numbers that count up over all projects, as GitHub's ids do. */
final class Numbers {

    private Numbers() {}

    static long next(Tx tx, String kind) {
        return tx.sql()
                .createQuery(
                        "INSERT INTO building_numbers (kind, last) VALUES (?, 1)"
                                + " ON CONFLICT (kind) DO UPDATE SET last = building_numbers.last + 1"
                                + " RETURNING last")
                .bind(0, kind)
                .mapTo(Long.class)
                .one();
    }
}
