package dev.rondo.store;

import org.jspecify.annotations.Nullable;

/** What is done inside a transaction; a checked exception leaves it unchanged. */
@FunctionalInterface
public interface Work<I, T extends @Nullable Object, X extends Exception> {
    T run(I in) throws X;
}
