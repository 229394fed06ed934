package dev.rondo.jobs;

import dev.rondo.sandbox.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    private static final Duration START = Duration.ofSeconds(60);

    private final Orders orders;
    private final Vessel vessel;
    private final LineCutter cutter;
    private final DrivenLane main;
    private final List<SideLane> beside = new ArrayList<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final CompletableFuture<String> broken = new CompletableFuture<>();

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
         * @param pipe {@code steps}, {@code signals} or {@code beside}
         */
        void tell(String pipe, String line);

        /**
         * The output of one of the lanes beside the first, from 1; empty where there is none. Asked
         * for when the driver is ready. Passes on what comes until it is closed, on a thread of its
         * own.
         */
        default boolean listen(int lane, Output.Sink sink) {
            return false;
        }

        @Override
        void close();
    }

    /**
     * One whose driver shares its pipes with the server.
     *
     * @param place whose lines takes what the steps print
     */
    public DrivenShell(JobPlace place, Launch launch) {
        this(place.folders(), launch, place.lines(), new ControlPipes(place));
    }

    /** One whose driver shares no folder with the server. */
    public DrivenShell(JobFolders folders, Launch launch, Consumer<String> lines, Orders orders) {
        this.orders = orders;
        this.main = new DrivenLane(0, orders, this::kill, broken, lines);
        this.cutter = new LineCutter(this::line);
        copyDriver(folders);
        this.vessel = launch.start(cutter::accept);
        Thread.ofVirtual().name("job-end").start(this::watch);
    }

    /** The command that starts the driver; the shell that reads it stands in front. */
    public static List<String> command(JobFolders folders) {
        return List.of(
                folders.steps().resolve("driver.sh").toString(), folders.control().toString());
    }

    /** The pipes that the driver listens and answers to; it makes those that are not there. */
    public static List<Path> pipes(JobFolders folders) {
        var pipes = new ArrayList<Path>();
        for (String name : List.of("steps", "signals", "beside")) {
            pipes.add(folders.control().resolve(name));
        }
        for (int lane = 1; lane <= Limits.BACKGROUND_STEPS; lane++) {
            pipes.add(folders.control().resolve("out" + lane));
        }
        return pipes;
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
    }

    private void line(String line) {
        int mark = ready.isDone() ? -1 : line.lastIndexOf(DrivenLane.MARK);
        if (mark < 0 || !line.startsWith("ready ", mark + 1)) {
            main.line(line);
            return;
        }
        if (mark > 0) {
            main.line(line.substring(0, mark));
        }
        ready.complete(line.substring(mark + 1 + "ready ".length()));
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
        return main.run(script, time);
    }

    @Override
    public End run(ContainerStep step, Duration time) {
        return new End.Refused(
                "Container actions cannot run here (%s): no engine"
                        .formatted(step.source().title()));
    }

    @Override
    public Optional<Shell> beside(Consumer<String> lines) throws InterruptedException {
        path();
        return taken(lines);
    }

    /** One that is free, or a new one; by one thread at a time, so that no two get the same. */
    private synchronized Optional<Shell> taken(Consumer<String> lines) {
        return lane().map(lane -> lane.taken(this, lines));
    }

    private Optional<SideLane> lane() {
        Optional<SideLane> free = beside.stream().filter(SideLane::free).findFirst();
        if (free.isPresent() || beside.size() >= Limits.BACKGROUND_STEPS) {
            return free;
        }
        int number = beside.size() + 1;
        var lane = new SideLane(new DrivenLane(number, orders, this::kill, broken, line -> {}));
        if (!orders.listen(number, lane.sink())) {
            return Optional.empty();
        }
        beside.add(lane);
        return Optional.of(lane);
    }

    private void kill() {
        vessel.kill();
    }

    /** In GitHub's times; also what runs beside. */
    @Override
    public synchronized void stopCurrent() {
        main.stopCurrent();
        beside.stream().filter(lane -> !lane.free()).forEach(SideLane::stopCurrent);
    }

    @Override
    public synchronized void close() {
        vessel.kill();
        broken.orTimeout(30, TimeUnit.SECONDS).exceptionally(e -> "").join();
        orders.close();
    }
}
