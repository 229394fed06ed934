package dev.rondo.natives;

import dev.rondo.jobs.ActionReference;
import dev.rondo.jobs.NativeAction;
import java.util.Locale;
import java.util.Optional;

/** The actions that Rondo does itself, for one job. */
public final class Natives {
    private final Shelf shelf;

    public Natives(Shelf shelf) {
        this.shelf = shelf;
    }

    /** The native action of that name, whatever version is asked for. */
    public Optional<NativeAction> find(ActionReference reference) {
        return switch (name(reference)) {
            case "actions/checkout" -> Optional.of(new Checkout(shelf));
            case "actions/setup-node" -> Optional.of(new SetupNode());
            case "actions/setup-java" -> Optional.of(new SetupJava());
            case "actions/setup-python" -> Optional.of(new SetupPython());
            case "actions/setup-go" -> Optional.of(new SetupGo());
            default -> Optional.empty();
        };
    }

    /** An action's name without its version, in lower case. */
    public static String name(ActionReference reference) {
        String path = reference.path().isEmpty() ? "" : "/" + reference.path();
        return (reference.repository() + path).toLowerCase(Locale.ROOT);
    }
}
