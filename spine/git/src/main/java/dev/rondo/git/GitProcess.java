package dev.rondo.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A running git, its complaints collected and its time limited. Closing it ends it. */
final class GitProcess implements AutoCloseable {

    private static final int KEPT_COMPLAINTS = 4000;
    private static final int MOMENT_MILLIS = 700;
    private static final int GRACE_SECONDS = 10;
    private static final ScheduledExecutorService CLOCK =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("git-clock").daemon().factory());

    private final Process process;
    private final Runnable ended;
    private final CompletableFuture<String> complaints = new CompletableFuture<>();
    private final ScheduledFuture<?> alarm;

    GitProcess(Process process, Duration maxTime, Runnable ended) {
        this.process = process;
        this.ended = ended;
        Thread.ofVirtual().name("git-stderr").start(this::collectComplaints);
        this.alarm =
                CLOCK.schedule(() -> process.destroy(), maxTime.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void collectComplaints() {
        var kept = new StringBuilder();
        try (var reader = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (kept.length() + line.length() < KEPT_COMPLAINTS) {
                    kept.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            kept.append(e.getMessage());
        } finally {
            complaints.complete(kept.toString().strip());
        }
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    InputStream output() {
        return process.getInputStream();
    }

    int exitCode() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    /** The last line that git wrote to its error output; empty when it wrote none. */
    String lastComplaint() {
        String all = all();
        return all.substring(all.lastIndexOf('\n') + 1);
    }

    /** All that git wrote to its error output, in one line. */
    String complaints() {
        return all().replace("\n", "; ");
    }

    private String all() {
        return complaints.completeOnTimeout("", GRACE_SECONDS, TimeUnit.SECONDS).join();
    }

    /**
     * Lets git end by itself and clean up its temporary files: it finds its input ended and nobody
     * at its output. SIGTERM comes after a moment, SIGKILL much later.
     */
    @Override
    public void close() {
        alarm.cancel(false);
        closeQuietly(process.getOutputStream());
        closeQuietly(process.getInputStream());
        try {
            if (!process.waitFor(MOMENT_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroy();
                if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } finally {
            ended.run();
        }
    }

    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            // The other end is gone, which is what closing was for.
        }
    }
}
