package dev.rondo.jobs;

import dev.rondo.actions.Action;
import java.nio.file.Path;

/** What a step's {@code uses} turned out to be. */
sealed interface Loaded {

    /** One that Rondo does itself. */
    record Known(NativeAction action) implements Loaded {}

    /**
     * An action with its files.
     *
     * @param folder where its {@code action.yml} lies
     */
    record Files(Action action, Path folder, Frame.Source source, boolean local)
            implements Loaded {}

    /** {@code docker://image}. */
    record Image(String name) implements Loaded {}
}
