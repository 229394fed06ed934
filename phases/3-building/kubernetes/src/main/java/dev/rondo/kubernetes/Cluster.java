package dev.rondo.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The namespace in which this Rondo runs jobs. Used by any thread. */
final class Cluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    private final KubernetesSettings settings;
    private final Supplier<KubernetesClient> made;
    private final JobName.Mark mark;
    private Optional<KubernetesClient> client = Optional.empty();

    Cluster(KubernetesSettings settings) {
        this(settings, () -> connect(settings.access()));
    }

    /**
     * @param made makes the client when it is first needed
     */
    Cluster(KubernetesSettings settings, Supplier<KubernetesClient> made) {
        this.settings = settings;
        this.made = made;
        this.mark = JobName.Mark.of(settings.rondo());
    }

    private static KubernetesClient connect(KubernetesSettings.Access access) {
        try {
            String context = access.context().orElse(null);
            Config config =
                    access.kubeconfig().isPresent()
                            ? Config.fromKubeconfig(context, access.kubeconfig().get().toFile())
                            : Config.autoConfigure(context);
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "The file of kubernetes.kubeconfig cannot be used: " + e.getMessage(), e);
        }
    }

    KubernetesSettings settings() {
        return settings;
    }

    /** A name and labels for a job of this life. */
    JobName name(String id) {
        return new JobName(id, mark);
    }

    private String namespace() {
        return settings.access().namespace();
    }

    private synchronized KubernetesClient client() {
        if (client.isEmpty()) {
            client = Optional.of(made.get());
        }
        return client.get();
    }

    /** What is asked of the API. */
    private interface Call<T> {
        T of(KubernetesClient client);
    }

    private <T> T call(String what, Call<T> call) {
        try {
            return call.of(client());
        } catch (KubernetesClientException e) {
            throw Trouble.of(what + " in the namespace " + namespace(), e);
        }
    }

    /** Makes the Job and its secrets, which go with it whoever deletes it. */
    void create(Job job, List<Secret> secrets) {
        for (Secret secret : secrets) {
            call(
                    "create the Secret " + secret.getMetadata().getName(),
                    api -> api.secrets().inNamespace(namespace()).resource(secret).create());
        }
        Job there =
                call(
                        "create the Job " + job.getMetadata().getName(),
                        api ->
                                api.batch()
                                        .v1()
                                        .jobs()
                                        .inNamespace(namespace())
                                        .resource(job)
                                        .create());
        for (Secret secret : secrets) {
            own(secret.getMetadata().getName(), there);
        }
    }

    private void own(String secret, Job job) {
        var owner =
                new OwnerReferenceBuilder()
                        .withApiVersion("batch/v1")
                        .withKind("Job")
                        .withName(job.getMetadata().getName())
                        .withUid(job.getMetadata().getUid())
                        .build();
        call(
                "give the Secret %s to its Job".formatted(secret),
                api ->
                        api.secrets()
                                .inNamespace(namespace())
                                .withName(secret)
                                .edit(now -> {
                                    now.getMetadata().setOwnerReferences(List.of(owner));
                                    return now;
                                }));
    }

    /** Tells of the pod of a job, from the moment that the cluster makes it. */
    SharedIndexInformer<Pod> watch(JobName job, ResourceEventHandler<Pod> handler) {
        return call(
                "watch pods",
                api ->
                        api.pods()
                                .inNamespace(namespace())
                                .withLabels(job.labels())
                                .inform(handler));
    }

    PodResource at(String pod) {
        return client().pods().inNamespace(namespace()).withName(pod);
    }

    /** What a container printed so far. */
    String logs(String pod, String container) {
        return call(
                "read the log of " + container,
                api -> at(pod).inContainer(container).withReadyWaitTimeout(0).getLog());
    }

    /** Ends everything of a job; what is not there any more is no mistake. */
    void delete(JobName job) {
        delete(job.name());
        call(
                "delete Secrets",
                api -> api.secrets().inNamespace(namespace()).withLabels(job.labels()).delete());
    }

    private void delete(String job) {
        call(
                "delete the Job " + job,
                api ->
                        api.batch()
                                .v1()
                                .jobs()
                                .inNamespace(namespace())
                                .withName(job)
                                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                                .delete());
    }

    /**
     * Ends what former lives of this Rondo left: a server that was killed could not. Says what it
     * ended.
     *
     * @throws IllegalStateException with a sentence where the cluster cannot be asked
     */
    List<String> sweep() {
        var ended = new ArrayList<String>();
        List<Job> jobs =
                call(
                        "list Jobs",
                        api ->
                                api.batch()
                                        .v1()
                                        .jobs()
                                        .inNamespace(namespace())
                                        .withLabel(JobName.SERVER, mark.server())
                                        .list()
                                        .getItems());
        for (Job job : jobs) {
            if (left(job)) {
                delete(job.getMetadata().getName());
                ended.add(job.getMetadata().getName());
            }
        }
        List<Secret> secrets =
                call(
                        "list Secrets",
                        api ->
                                api.secrets()
                                        .inNamespace(namespace())
                                        .withLabel(JobName.SERVER, mark.server())
                                        .list()
                                        .getItems());
        for (Secret secret : secrets) {
            if (left(secret)) {
                call(
                        "delete the Secret " + secret.getMetadata().getName(),
                        api -> api.secrets().inNamespace(namespace()).resource(secret).delete());
            }
        }
        if (!ended.isEmpty()) {
            LOG.info("ended what a former run left in Kubernetes: {}", ended);
        }
        return ended;
    }

    private boolean left(HasMetadata one) {
        return !mark.life().equals(one.getMetadata().getLabels().get(JobName.LIFE));
    }

    @Override
    public synchronized void close() {
        client.ifPresent(KubernetesClient::close);
    }
}
