package dev.rondo.store;

/**
 * From which address the work of a thread was asked for, while a request is served. A transaction
 * remembers it, although it may run on another thread: so what is written down for the records can
 * say where it came from, without every caller handing the address on.
 */
public final class Origin {

    private static final ScopedValue<String> ADDRESS = ScopedValue.newInstance();

    private Origin() {}

    /** Does the work on behalf of somebody at an address. */
    public static void during(String address, Runnable work) {
        ScopedValue.where(ADDRESS, address).run(work);
    }

    /** The address, or empty where Rondo works by itself. */
    static String here() {
        return ADDRESS.orElse("");
    }
}
