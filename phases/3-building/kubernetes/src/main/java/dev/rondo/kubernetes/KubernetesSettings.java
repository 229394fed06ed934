package dev.rondo.kubernetes;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How jobs run in a cluster.
 *
 * @param rondo names this Rondo among all that use the namespace
 * @param labels which of them a job has to ask for to come here
 * @param jobs how many run at once
 * @param address where pods reach this Rondo; without one, where everybody does
 */
public record KubernetesSettings(
        String rondo,
        Access access,
        Pods pods,
        List<String> labels,
        int jobs,
        Optional<URI> address) {

    /**
     * How the API is reached: by a kubeconfig file, or as {@code kubectl} finds it, or from within
     * the cluster by the service account.
     */
    public record Access(Optional<Path> kubeconfig, Optional<String> context, String namespace) {}

    /**
     * What pods are like.
     *
     * @param image of jobs that name no container
     * @param user number of the user that all containers run as, where it must not be root
     * @param account the service account, whose token no pod gets
     * @param pullSecrets names of secrets of the namespace by which images are pulled
     * @param start how long a pod may take until it runs
     */
    public record Pods(
            String image,
            Resources resources,
            Optional<Long> user,
            Optional<String> account,
            List<String> pullSecrets,
            Duration start) {}

    /**
     * Quantities as Kubernetes writes them, such as {@code cpu = 500m}.
     *
     * @param requests what the scheduler keeps free for each job
     * @param limits what each job may use
     * @param nodes labels that a node has to have
     */
    public record Resources(
            Map<String, String> requests, Map<String, String> limits, Map<String, String> nodes) {}
}
