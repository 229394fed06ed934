package dev.rondo.sandbox;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A program that runs to its end. It dies with Rondo. */
public final class Job {

    private final Confined program;
    private final CompletableFuture<Ending> ending;

    Job(Confined program, CompletableFuture<Ending> ending) {
        this.program = program;
        this.ending = ending;
    }

    public String id() {
        return program.folder().id();
    }

    /**
     * Waits for the end; by then all its output was passed on and no process of it is left.
     *
     * @throws SandboxFailure when the sandbox failed, not the program
     */
    public Ending await() throws InterruptedException {
        try {
            return ending.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SandboxFailure failure) {
                throw failure;
            }
            throw new SandboxFailure(
                    SandboxFailure.Category.IO, "lost track of a job: " + e.getCause(), e);
        }
    }

    public boolean running() {
        return !ending.isDone();
    }

    /** Kills it; {@link #await} then gives {@link Ending.Cancelled}. Does nothing after the end. */
    public void cancel() {
        program.cancel();
    }

    /** Empty after the end. */
    public Optional<Reading> reading() {
        return running() ? Optional.of(program.reading()) : Optional.empty();
    }
}
