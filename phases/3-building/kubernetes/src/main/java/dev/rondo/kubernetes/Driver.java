package dev.rondo.kubernetes;

import dev.rondo.jobs.DrivenShell;
import dev.rondo.jobs.JobFolders;
import dev.rondo.sandbox.Output;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The driver of a job in its pod: one {@code exec} for all steps. What it is told comes through
 * standard input, line by line, and is passed on to the pipes that it listens to. A line a minute
 * keeps whatever stands between from closing a connection that is silent.
 */
final class Driver implements DrivenShell.Vessel, DrivenShell.Orders {
    private static final String SCRIPT =
            """
            exec 2>&1
            control=$2
            for pipe in steps signals beside; do
                [ -p "$control/$pipe" ] || mkfifo "$control/$pipe" || exit 70
            done
            exec 6<>"$control/steps" 5<>"$control/signals" 4<>"$control/beside"
            whole=$$
            {
                if command -v bash >/dev/null; then
                    bash --noprofile --norc "$@" 4<&- 5<&- 6<&- </dev/null
                else
                    sh "$@" 4<&- 5<&- 6<&- </dev/null
                fi
                kill -s TERM "$whole"
            } &
            while read -r pipe line; do
                case $pipe in
                    steps) printf '%s\\n' "$line" >&6 ;;
                    signals) printf '%s\\n' "$line" >&5 ;;
                    beside) printf '%s\\n' "$line" >&4 ;;
                esac
            done
            exit 71
            """;

    /** Opened for both directions, a pipe has no end while nobody writes. */
    private static final String LISTEN = "exec 5<>\"$1\"; exec cat <&5";

    private static final long BEAT_SECONDS = 60;

    private final JobPod pod;
    private final JobFolders folders;
    private final ScheduledExecutorService beats =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("job-beat").factory());
    private final List<ExecWatch> lanes = new CopyOnWriteArrayList<>();
    private volatile Optional<ExecWatch> exec = Optional.empty();
    private volatile boolean closing;

    Driver(JobPod pod, JobFolders folders) {
        this.pod = pod;
        this.folders = folders;
    }

    DrivenShell.Vessel start(Output.Sink sink) {
        var command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
        command.addAll(DrivenShell.command(folders));
        exec = Optional.of(pod.remote().start(stream(sink), command.toArray(String[]::new)));
        var unused =
                beats.scheduleWithFixedDelay(
                        () -> tell("beat", ""), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    private static OutputStream stream(Output.Sink sink) {
        return new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                sink.accept(bytes, offset, length);
            }
        };
    }

    @Override
    public synchronized void tell(String pipe, String line) {
        try {
            OutputStream input = exec.orElseThrow().getInput();
            input.write((pipe + " " + line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            // its end says why
        }
    }

    /** Another {@code exec}, for steps in the background. */
    @Override
    public boolean listen(int lane, Output.Sink sink) {
        String pipe = folders.control().resolve("out" + lane).toString();
        lanes.add(pod.remote().start(stream(sink), "sh", "-c", LISTEN, "sh", pipe));
        return true;
    }

    @Override
    public String ended() throws InterruptedException {
        String why = "The connection to the pod of the job broke";
        try {
            Object end =
                    CompletableFuture.anyOf(exec.orElseThrow().exitCode(), pod.watch().gone())
                            .get();
            if (end instanceof Integer code) {
                why = "The job's shell in the pod ended by itself with code " + code;
            }
        } catch (ExecutionException e) {
            why += ": " + e.getCause();
        }
        return closing ? "The job was ended" : pod.watch().why(why);
    }

    @Override
    public void kill() {
        closing = true;
        pod.end();
        close();
    }

    @Override
    public void close() {
        beats.shutdownNow();
        lanes.forEach(ExecWatch::close);
        exec.ifPresent(ExecWatch::close);
    }
}
