package dev.rondo.jobs;

import dev.rondo.sandbox.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One {@code driver.sh} for all steps of a job, in whatever it runs: what a step starts in the
 * background lives on, {@code /tmp} and the loopback interface are shared, and a step costs a fork.
 * The driver is told which script comes next through a named pipe, of signals through another, and
 * answers in the output; who tells the pipes is behind {@link Orders}.
 */
public final class DrivenShell implements Shell {
    private static final char MARK = '\u001e';
    private static final Duration START = Duration.ofSeconds(60);

    private final SecureRandom random = new SecureRandom();
    private final Orders orders;
    private final Vessel vessel;
    private final LineCutter cutter;
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final CompletableFuture<String> broken = new CompletableFuture<>();
    private volatile Current current = new Current("", new CompletableFuture<>(), -1);

    private record Current(String word, CompletableFuture<End> end, long process) {}

    /** What the driver runs in. */
    public interface Vessel {

        /** Waits until nothing runs in it any more and all its output is passed on; says why. */
        String ended() throws InterruptedException;

        /** Ends everything in it, at once. */
        void kill();
    }

    /** Starts the driver; its output goes into the sink, by one thread at a time. */
    @FunctionalInterface
    public interface Launch {
        Vessel start(Output.Sink output);
    }

    /** How the driver is told what to do. */
    public interface Orders extends AutoCloseable {

        /**
         * @param pipe {@code steps} or {@code signals}
         */
        void tell(String pipe, String line);

        @Override
        void close();
    }

    /**
     * @param lines takes what the steps print, line by line
     */
    public DrivenShell(JobFolders folders, Launch launch, Consumer<String> lines) {
        this(folders, launch, lines, new ControlPipes(folders));
    }

    /** One whose driver shares no folder with the server. */
    public DrivenShell(JobFolders folders, Launch launch, Consumer<String> lines, Orders orders) {
        this.orders = orders;
        this.cutter = new LineCutter(line -> line(line, lines));
        copyDriver(folders);
        this.vessel = launch.start(cutter::accept);
        Thread.ofVirtual().name("job-end").start(this::watch);
    }

    /** The command that starts the driver; the shell that reads it stands in front. */
    public static List<String> command(JobFolders folders) {
        return List.of(
                folders.steps().resolve("driver.sh").toString(), folders.control().toString());
    }

    /** Puts the driver among the scripts of the job. */
    public static void copyDriver(JobFolders folders) {
        try (InputStream in = DrivenShell.class.getResourceAsStream("driver.sh")) {
            Files.write(
                    folders.steps().resolve("driver.sh"),
                    Objects.requireNonNull(in, "driver.sh").readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void watch() {
        String why;
        try {
            why = vessel.ended();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "Rondo stops";
        }
        cutter.end();
        broken.complete(why);
        ready.completeExceptionally(new IllegalStateException(why));
        current.end().complete(new End.Broken(why));
    }

    /** A mark may stand behind output that has no end of line, or holds what begins marks. */
    private void line(String line, Consumer<String> lines) {
        int mark = line.lastIndexOf(MARK);
        String said = mark < 0 ? "" : line.substring(mark + 1);
        boolean ended = mark >= 0 && marked(said);
        if (!ended && (mark < 0 || !began(said))) {
            lines.accept(line);
            return;
        }
        if (mark > 0) {
            lines.accept(line.substring(0, mark));
        }
        if (ended) {
            current.end().complete(ended(said));
        }
    }

    private boolean marked(String text) {
        Current now = current;
        return !now.word().isEmpty() && text.startsWith(now.word() + " ended ");
    }

    private static End ended(String text) {
        return new End.Exited(Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1)));
    }

    private boolean began(String text) {
        if (text.startsWith("ready ") && !ready.isDone()) {
            ready.complete(text.substring("ready ".length()));
            return true;
        }
        Current now = current;
        if (!now.word().isEmpty() && text.startsWith(now.word() + " began ")) {
            long process = Long.parseLong(text.substring(text.lastIndexOf(' ') + 1));
            current = new Current(now.word(), now.end(), process);
            return true;
        }
        return false;
    }

    @Override
    public String path() throws InterruptedException {
        try {
            return ready.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    broken.getNow("The place for the job could not be made"), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "The place for the job did not stand after " + START.toSeconds() + " s", e);
        }
    }

    @Override
    public End run(Path script, Duration time) throws InterruptedException {
        String word = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        if (broken.isDone()) {
            return new End.Broken(broken.join());
        }
        var end = new CompletableFuture<End>();
        current = new Current(word, end, -1);
        if (broken.isDone()) {
            end.complete(new End.Broken(broken.join()));
        } else {
            orders.tell("steps", word + " " + script);
        }
        try {
            return end.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            stop(end);
            return new End.TimedOut();
        } catch (ExecutionException e) {
            return new End.Broken(String.valueOf(e.getCause()));
        }
    }

    @Override
    public End run(ContainerStep step, Duration time) {
        return new End.Refused(
                "Container actions cannot run here (%s): no engine"
                        .formatted(step.source().title()));
    }

    /** In GitHub's times. */
    @Override
    public void stopCurrent() {
        Thread.ofVirtual().name("job-stop").start(() -> stop(current.end()));
    }

    private void stop(CompletableFuture<End> end) {
        Stopping.inSteps(end, this::signal, vessel::kill);
    }

    private void signal(String name) {
        long process = current.process();
        if (process > 0) {
            orders.tell("signals", name + " " + process);
        }
    }

    @Override
    public synchronized void close() {
        vessel.kill();
        broken.orTimeout(30, TimeUnit.SECONDS).exceptionally(e -> "").join();
        orders.close();
    }
}
