package dev.rondo.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A place in a list that is paged by key: rows after a key, before a key, or the last rows. The SQL
 * asks for {@code size + 1} rows in {@link #backwards} order, so that the page knows whether there
 * are more; {@link #slice} makes the page of them.
 *
 * <pre>
 * var rows = paging.backwards()
 *     ? select("… WHERE rank &lt; :key ORDER BY rank DESC LIMIT :n")   // without key: no condition
 *     : select("… WHERE rank &gt; :key ORDER BY rank LIMIT :n");
 * return paging.slice(rows, Row::rank);
 * </pre>
 */
public record Paging(Optional<String> key, boolean backwards, int size) {

    /** From {@code ?after=KEY}, {@code ?before=KEY}, or {@code ?last}. */
    static Paging of(Visit visit, int size) {
        var after = visit.query("after");
        if (after.isPresent()) {
            return new Paging(after, false, size);
        }
        var before = visit.query("before");
        if (before.isPresent()) {
            return new Paging(before, true, size);
        }
        return new Paging(Optional.empty(), visit.query("last").isPresent(), size);
    }

    /** How many rows to ask for. */
    public int limit() {
        return size + 1;
    }

    /** Rows as they came from the database to a page in reading order. */
    public <T> Slice<T> slice(List<T> fetched, Function<T, String> keyOf) {
        boolean more = fetched.size() > size;
        var rows = new ArrayList<>(more ? fetched.subList(0, size) : fetched);
        if (backwards) {
            Collections.reverse(rows);
        }
        boolean earlier = backwards ? more : key.isPresent();
        boolean later = backwards ? key.isPresent() : more;
        Optional<String> first =
                earlier && !rows.isEmpty()
                        ? Optional.of(keyOf.apply(rows.getFirst()))
                        : Optional.empty();
        Optional<String> last =
                later && !rows.isEmpty()
                        ? Optional.of(keyOf.apply(rows.getLast()))
                        : Optional.empty();
        return new Slice<>(List.copyOf(rows), first, last);
    }

    /**
     * One page of a list.
     *
     * @param before key for the page before, if there is one
     * @param after key for the page after, if there is one
     */
    public record Slice<T>(List<T> rows, Optional<String> before, Optional<String> after) {

        public <U> Slice<U> map(Function<T, U> change) {
            return new Slice<>(rows.stream().map(change).toList(), before, after);
        }

        public boolean isEmpty() {
            return rows.isEmpty();
        }
    }
}
