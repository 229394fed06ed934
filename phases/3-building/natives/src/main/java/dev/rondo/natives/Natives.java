package dev.rondo.natives;

import dev.rondo.jobs.ActionReference;
import dev.rondo.jobs.JobCaches;
import dev.rondo.jobs.NativeAction;
import java.util.Locale;
import java.util.Optional;

/** The actions that Rondo does itself, for one job. */
public final class Natives {
    private final Shelf shelf;
    private final DependencyCache cache;

    /**
     * @param caches that {@code cache:} of the setup actions uses
     */
    public Natives(Shelf shelf, JobCaches caches) {
        this.shelf = shelf;
        this.cache = new DependencyCache(caches);
    }

    /** The native action of that name; what its versions do differently, each does as its own. */
    public Optional<NativeAction> find(ActionReference reference) {
        return switch (name(reference)) {
            case "actions/checkout" -> Optional.of(new Checkout(shelf));
            case "actions/setup-node" -> Optional.of(new SetupNode(cache, reference.ref()));
            case "actions/setup-java" -> Optional.of(new SetupJava(cache));
            case "actions/setup-python" -> Optional.of(new SetupPython(cache));
            case "actions/setup-go" -> Optional.of(new SetupGo(cache));
            default -> Optional.empty();
        };
    }

    /** An action's name without its version, in lower case. */
    public static String name(ActionReference reference) {
        String path = reference.path().isEmpty() ? "" : "/" + reference.path();
        return (reference.repository() + path).toLowerCase(Locale.ROOT);
    }
}
