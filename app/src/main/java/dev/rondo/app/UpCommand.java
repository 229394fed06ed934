package dev.rondo.app;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rondo up}: the server, until Ctrl-C. */
@Command(
        name = "up",
        description = "Starts the server.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UpCommand implements Callable<Integer> {

    @Mixin SettingsFlags flags = new SettingsFlags();

    @Override
    public Integer call() throws InterruptedException {
        var settings =
                new SettingsReader(flags.given(), System.getenv(), Main.workingDirectory()).read();
        var rondo = Rondo.open(settings);
        var up = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(rondo, up.get()), "shutdown"));
        // When it fails, the shutdown hook closes what was opened.
        rondo.start();
        up.set(true);
        System.out.println("Rondo is up at " + settings.publicUrl());
        System.out.println("Services are reached at port " + settings.routerPort());
        System.out.println("Sandbox: " + rondo.sandbox().describe());
        rondo.setupLink()
                .ifPresent(link ->
                        System.out.println("Make the first account with this link, once: " + link));
        new CountDownLatch(1).await();
        return 0;
    }

    /** Being told to stop is no failure: without the halt, the exit code would be the signal's. */
    private static void end(Rondo rondo, boolean wasUp) {
        if (wasUp) {
            System.err.println("Stopping …");
        }
        rondo.close();
        if (wasUp) {
            Runtime.getRuntime().halt(0);
        }
    }
}
