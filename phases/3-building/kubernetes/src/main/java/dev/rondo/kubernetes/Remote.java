package dev.rondo.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs short commands in the container of a job, by {@code exec}. In the protocol that all API
 * servers speak ({@code v4.channel.k8s.io}) standard input has no end, so whoever reads it is told
 * how much there is.
 */
final class Remote {
    private static final Duration TIME = Duration.ofMinutes(15);
    private static final int SAID = 4_000;

    private final Cluster cluster;
    private final String pod;

    Remote(Cluster cluster, String pod) {
        this.cluster = cluster;
        this.pod = pod;
    }

    String pod() {
        return pod;
    }

    /** It runs, so nobody has to ask whether it is ready. */
    private ContainerResource container() {
        return cluster.at(pod).inContainer(PodPlan.JOB).withReadyWaitTimeout(0);
    }

    /** Starts what runs for long; its two outputs come as one. */
    ExecWatch start(OutputStream output, String... command) {
        try {
            return container()
                    .redirectingInput()
                    .writingOutput(output)
                    .writingError(output)
                    .exec(command);
        } catch (KubernetesClientException e) {
            throw Trouble.of("run a command in the pod " + pod, e);
        }
    }

    /** What a command prints. */
    String ask(String... command) throws InterruptedException {
        var out = new ByteArrayOutputStream();
        run(InputStream.nullInputStream(), out, command);
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * @throws IllegalStateException where it ends with another code than 0
     */
    void run(InputStream input, OutputStream output, String... command)
            throws InterruptedException {
        var said = new ByteArrayOutputStream();
        try (ExecWatch exec =
                container()
                        .redirectingInput()
                        .writingOutput(output)
                        .writingError(said)
                        .exec(command)) {
            input.transferTo(exec.getInput());
            exec.getInput().flush();
            int code = exec.exitCode().get(TIME.toMillis(), TimeUnit.MILLISECONDS);
            if (code != 0) {
                throw broken("it ended with code " + code + ": " + tail(said));
            }
        } catch (KubernetesClientException e) {
            throw Trouble.of("run a command in the pod " + pod, e);
        } catch (IOException | ExecutionException | CompletionException e) {
            throw broken("the connection broke: " + e.getMessage() + " " + tail(said));
        } catch (TimeoutException e) {
            throw broken("it did not end within %d minutes".formatted(TIME.toMinutes()));
        }
    }

    private IllegalStateException broken(String why) {
        return new IllegalStateException(
                "The files of the job could not be moved to or from the pod %s (its image needs sh,"
                                .formatted(pod)
                        + " tar, head, find and stat): "
                        + why);
    }

    private static String tail(ByteArrayOutputStream said) {
        String text = said.toString(StandardCharsets.UTF_8).strip();
        return text.substring(Math.max(0, text.length() - SAID));
    }
}
