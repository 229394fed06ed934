package dev.rondo.jobs;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One script after the other of those that a driver runs; several lanes run side by side. What a
 * script prints and its end come through an output of the lane's own.
 */
final class DrivenLane {
    static final char MARK = '\u001e';

    private final SecureRandom random = new SecureRandom();
    private final String pipe;
    private final String name;
    private final DrivenShell.Orders orders;
    private final Runnable kill;
    private final CompletableFuture<String> broken;
    private volatile Consumer<String> lines;
    private volatile Current current = new Current("", new CompletableFuture<>(), -1);

    private record Current(String word, CompletableFuture<Shell.End> end, long process) {}

    /**
     * @param number of a lane beside the first, which is 0
     * @param kill ends everything that the driver runs in
     * @param broken why nothing can run any more, once that is so
     * @param lines takes what scripts print
     */
    DrivenLane(
            int number,
            DrivenShell.Orders orders,
            Runnable kill,
            CompletableFuture<String> broken,
            Consumer<String> lines) {
        this.pipe = number == 0 ? "steps" : "beside";
        this.name = number == 0 ? "" : number + " ";
        this.orders = orders;
        this.kill = kill;
        this.broken = broken;
        this.lines = lines;
        broken.thenAccept(why -> current.end().complete(new Shell.End.Broken(why)));
    }

    /** Whom the next script's lines are for. */
    void tell(Consumer<String> next) {
        lines = next;
    }

    /** A mark may stand behind output that has no end of line, or holds what begins marks. */
    void line(String line) {
        int mark = line.lastIndexOf(MARK);
        String said = mark < 0 ? "" : line.substring(mark + 1);
        Optional<Shell.End> end = ended(said);
        if (end.isEmpty() && !began(said)) {
            lines.accept(line);
            return;
        }
        if (mark > 0) {
            lines.accept(line.substring(0, mark));
        }
        end.ifPresent(known -> current.end().complete(known));
    }

    private Optional<Shell.End> ended(String text) {
        Current now = current;
        return now.word().isEmpty() || !text.startsWith(now.word() + " ended ")
                ? Optional.empty()
                : Optional.of(
                        new Shell.End.Exited(
                                Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1))));
    }

    private boolean began(String text) {
        Current now = current;
        if (now.word().isEmpty() || !text.startsWith(now.word() + " began ")) {
            return false;
        }
        long process = Long.parseLong(text.substring(text.lastIndexOf(' ') + 1));
        current = new Current(now.word(), now.end(), process);
        return true;
    }

    Shell.End run(Path script, Duration time) throws InterruptedException {
        String word = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        if (broken.isDone()) {
            return new Shell.End.Broken(broken.join());
        }
        var end = new CompletableFuture<Shell.End>();
        current = new Current(word, end, -1);
        if (broken.isDone()) {
            end.complete(new Shell.End.Broken(broken.join()));
        } else {
            orders.tell(pipe, word + " " + name + script);
        }
        try {
            return end.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            stop(end);
            return new Shell.End.TimedOut();
        } catch (ExecutionException e) {
            return new Shell.End.Broken(String.valueOf(e.getCause()));
        }
    }

    /** In GitHub's times. */
    void stopCurrent() {
        Thread.ofVirtual().name("job-stop").start(() -> stop(current.end()));
    }

    private void stop(CompletableFuture<Shell.End> end) {
        if (!end.isDone()) {
            Stopping.inSteps(end, this::signal, kill);
        }
    }

    private void signal(String signal) {
        long process = current.process();
        if (process > 0) {
            orders.tell("signals", signal + " " + process);
        }
    }
}
