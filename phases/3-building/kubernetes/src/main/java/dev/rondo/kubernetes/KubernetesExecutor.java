package dev.rondo.kubernetes;

import dev.rondo.jobs.Executor;
import dev.rondo.jobs.JobPlace;
import dev.rondo.jobs.Shell;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Jobs in a cluster, each in a pod of its own. */
public final class KubernetesExecutor implements Executor, AutoCloseable {
    private static final Duration LAST_MOMENT = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final Set<PodShell> open = new HashSet<>();

    /** Nothing is asked of the cluster before the first job, or {@link #sweep}. */
    public KubernetesExecutor(KubernetesSettings settings) {
        this(new Cluster(settings));
    }

    KubernetesExecutor(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Ends what former lives of this Rondo left there; says what it ended.
     *
     * @throws IllegalStateException with a sentence where the cluster cannot be asked
     */
    public List<String> sweep() {
        return cluster.sweep();
    }

    /** The cluster's nodes pull them. */
    @Override
    public boolean brings() {
        return false;
    }

    @Override
    public Shell open(JobPlace place) throws InterruptedException {
        var pod = new JobPod(cluster, place);
        var shell = new PodShell(place, pod, this::ended);
        synchronized (open) {
            open.add(shell);
        }
        try {
            pod.start();
            shell.open();
            return shell;
        } catch (InterruptedException | RuntimeException e) {
            shell.close();
            throw e;
        }
    }

    private void ended(PodShell shell) {
        synchronized (open) {
            open.remove(shell);
            open.notifyAll();
        }
    }

    /** Pods that are being ended get a moment: else they would run until the next start. */
    @Override
    public void close() {
        long end = System.nanoTime() + LAST_MOMENT.toNanos();
        synchronized (open) {
            try {
                for (long left = 1; !open.isEmpty() && left > 0; ) {
                    left = (end - System.nanoTime()) / 1_000_000;
                    open.wait(Math.max(1, left));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        cluster.close();
    }
}
