package dev.rondo.app;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
        var ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    System.err.println("Stopping …");
                                    rondo.close();
                                    ended.countDown();
                                },
                                "shutdown"));
        try {
            rondo.start();
        } catch (RuntimeException failed) {
            // The shutdown hook closes what was opened.
            throw failed;
        }
        System.out.println("Rondo is up at " + settings.publicUrl());
        System.out.println("Services are reached at port " + settings.routerPort());
        System.out.println("Sandbox: " + rondo.sandbox().describe());
        rondo.setupLink()
                .ifPresent(link ->
                        System.out.println("Make the first account with this link, once: " + link));
        ended.await();
        return 0;
    }
}
