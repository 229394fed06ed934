package dev.rondo.app;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/** Ctrl-C, told apart by how often: a shutdown hook would hear the first one only. */
final class Interrupts {
    private static final int SIGNALLED = 128;

    private Interrupts() {}

    /** From now on SIGINT and SIGTERM do this instead of ending the process; the third ends it. */
    static void first(Runnable cancel, Runnable kill) {
        var heard = new AtomicInteger();
        for (String name : new String[] {"INT", "TERM"}) {
            Signal.handle(
                    new Signal(name),
                    signal -> {
                        switch (heard.incrementAndGet()) {
                            case 1 -> cancel.run();
                            case 2 -> kill.run();
                            default -> Runtime.getRuntime().halt(SIGNALLED + signal.getNumber());
                        }
                    });
        }
    }
}
