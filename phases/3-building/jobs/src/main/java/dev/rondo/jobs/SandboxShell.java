package dev.rondo.jobs;

import dev.rondo.sandbox.Ending;
import dev.rondo.sandbox.Job;
import dev.rondo.sandbox.Output;
import dev.rondo.sandbox.Program;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.sandbox.SandboxFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One sandbox for all steps of a job: what a step starts in the background lives on, {@code /tmp}
 * and the loopback interface are shared, and a step costs a fork. {@code driver.sh} inside is told
 * which script comes next and answers in the output.
 */
final class SandboxShell implements Shell {
    private static final char MARK = '\u001e';
    private static final Duration START = Duration.ofSeconds(60);

    private final SecureRandom random = new SecureRandom();
    private final JobFolders folders;
    private final Job job;
    private final LineCutter cutter;
    private final Map<String, RandomAccessFile> pipes = new HashMap<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final CompletableFuture<String> broken = new CompletableFuture<>();
    private volatile Current current = new Current("", new CompletableFuture<>(), -1);

    private record Current(String word, CompletableFuture<End> end, long process) {}

    SandboxShell(Sandbox sandbox, JobFolders folders, Program program, Consumer<String> lines) {
        this.folders = folders;
        this.cutter = new LineCutter(line -> line(line, lines));
        copyDriver(folders);
        this.job =
                sandbox.start(
                        program,
                        Output.merged((buffer, at, length) -> cutter.accept(buffer, at, length)));
        Thread.ofVirtual().name("job-end-" + job.id()).start(this::watch);
    }

    private static void copyDriver(JobFolders folders) {
        try (InputStream in = SandboxShell.class.getResourceAsStream("driver.sh")) {
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
            why =
                    switch (job.await()) {
                        case Ending.Exceeded exceeded -> exceeded.message();
                        case Ending.Cancelled cancelled -> "The job was ended";
                        case Ending.Exited exited ->
                                "The job's shell ended by itself with code " + exited.code();
                    };
        } catch (SandboxFailure e) {
            why = "The sandbox failed: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "Rondo stops";
        }
        cutter.end();
        broken.complete(why);
        ready.completeExceptionally(new IllegalStateException(why));
        current.end().complete(new End.Broken(why));
    }

    /** A mark may stand behind output that has no end of line. */
    private void line(String line, Consumer<String> lines) {
        int mark = line.indexOf(MARK);
        if (mark >= 0 && marked(line.substring(mark + 1))) {
            if (mark > 0) {
                lines.accept(line.substring(0, mark));
            }
            current.end().complete(ended(line.substring(mark + 1)));
            return;
        }
        if (mark != 0 || !began(line.substring(1))) {
            lines.accept(line);
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
                    broken.getNow("The sandbox could not be started"), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "The sandbox did not start in " + START.toSeconds() + " s", e);
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
            write("steps", word + " " + script);
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

    /** In GitHub's times. */
    @Override
    public void stopCurrent() {
        Thread.ofVirtual().name("job-stop-" + job.id()).start(() -> stop(current.end()));
    }

    private void stop(CompletableFuture<End> end) {
        signal("INT");
        if (!done(end, Limits.INTERRUPT_GRACE)) {
            signal("TERM");
            if (!done(end, Limits.TERMINATE_GRACE)) {
                signal("KILL");
                if (!done(end, Limits.TERMINATE_GRACE)) {
                    job.cancel();
                }
            }
        }
    }

    private static boolean done(CompletableFuture<End> end, Duration grace) {
        try {
            end.get(grace.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void signal(String name) {
        long process = current.process();
        if (process > 0) {
            write("signals", name + " " + process);
        }
    }

    /**
     * Opened once, before the first step ran: later the job could have put a link in its place.
     * Opening a pipe for both directions does not wait for the other end.
     */
    private synchronized void write(String pipe, String line) {
        try {
            if (pipes.isEmpty()) {
                for (String name : List.of("steps", "signals")) {
                    pipes.put(
                            name,
                            new RandomAccessFile(folders.control().resolve(name).toFile(), "rw"));
                }
            }
            Objects.requireNonNull(pipes.get(pipe))
                    .write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        job.cancel();
        broken.orTimeout(30, TimeUnit.SECONDS).exceptionally(e -> "").join();
        for (RandomAccessFile pipe : pipes.values()) {
            try {
                pipe.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
