package dev.rondo.kubernetes;

import dev.rondo.jobs.JobPlace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at the pod of one job from its beginning to its end. */
final class PodWatch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration TOLD = Duration.ofSeconds(3);

    private final JobPlace place;
    private final Duration start;
    private final SharedIndexInformer<Pod> informer;
    private final CompletableFuture<String> gone = new CompletableFuture<>();
    private Optional<Pod> pod = Optional.empty();
    private PodState state = new PodState.Coming("");

    PodWatch(Cluster cluster, JobName job, JobPlace place) {
        this.place = place;
        this.start = cluster.settings().pods().start();
        this.informer = cluster.watch(job, new Seen());
    }

    /** What the cluster tells. */
    private final class Seen implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod now) {
            see(now);
        }

        @Override
        public void onUpdate(Pod before, Pod now) {
            see(now);
        }

        @Override
        public void onDelete(Pod last, boolean unknown) {
            see(last);
            gone(PodState.DELETED);
        }
    }

    private synchronized void see(Pod now) {
        pod = Optional.of(now);
        state = PodState.of(now, PodPlan.JOB);
        if (state instanceof PodState.Gone end) {
            gone(end.sentence());
        }
        notifyAll();
    }

    private synchronized void gone(String why) {
        gone.complete(why);
        notifyAll();
    }

    /** Why it runs no more; completes when it does not. */
    CompletableFuture<String> gone() {
        return gone;
    }

    /** Why something in it broke: the cluster may tell it a moment later. */
    String why(String otherwise) throws InterruptedException {
        try {
            return gone.get(TOLD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return otherwise;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized Optional<Pod> pod() {
        return pod;
    }

    /**
     * Waits until steps can run in it.
     *
     * @throws IllegalStateException with a sentence where that does not come
     */
    synchronized Pod running() throws InterruptedException {
        long end = System.nanoTime() + start.toNanos();
        String said = "";
        while (!(state instanceof PodState.Running)) {
            if (gone.isDone()) {
                throw new IllegalStateException(gone.join());
            }
            if (place.cancelled().getAsBoolean()) {
                throw new IllegalStateException("The operation was canceled.");
            }
            if (state instanceof PodState.Coming coming && !coming.sentence().equals(said)) {
                said = coming.sentence();
                place.log().line(said);
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "The pod of the job did not run within %d s (kubernetes.start). %s"
                                .formatted(start.toSeconds(), said)
                                .strip());
            }
            wait(LOOK.toMillis());
        }
        return pod.orElseThrow();
    }

    @Override
    public void close() {
        informer.close();
    }
}
