package dev.rondo.sandbox;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A running service. It lives on when Rondo ends or crashes, and is then adopted or stopped. */
public final class Instance {

    private final Confined program;
    private final Watch watch;
    private @Nullable Ending ending;

    Instance(Confined program, Watch watch) {
        this.program = program;
        this.watch = watch;
        watch.add(program);
    }

    public Handle handle() {
        return program.handle();
    }

    /** Port on the server's 127.0.0.1 that leads to the service. */
    public int port() {
        return handle().port();
    }

    public boolean running() {
        return program.running();
    }

    /** How it ended, if it did. The first call after the end also clears what it left behind. */
    public synchronized Optional<Ending> ending() {
        if (ending == null && !running()) {
            watch.remove(program);
            // Without an exit code its guard was killed from outside, and took it along.
            ending =
                    program.ending()
                            .orElseGet(
                                    () -> new Ending.Exited(137, new Usage(program.age(), 0, 0)));
            program.clear();
        }
        return Optional.ofNullable(ending);
    }

    /**
     * Asks all its processes to end (SIGTERM), waits so long, then kills what is left. Returns when
     * nothing of it lives any more.
     */
    public void stop(Duration grace) {
        if (running()) {
            program.terminate();
            long deadline = System.nanoTime() + grace.toNanos();
            while (running() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            program.kill();
        }
        var unused = ending();
    }

    /** Empty after the end. */
    public Optional<Reading> reading() {
        return running() ? Optional.of(program.reading()) : Optional.empty();
    }
}
