package dev.rondo.kubernetes;

import dev.rondo.actions.Container;
import dev.rondo.jobs.CommandWords;
import dev.rondo.jobs.InsideNames;
import dev.rondo.jobs.JobPlace;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The Job of one job, as the API takes it. Its pod has one container, {@code job}, which waits; its
 * services are native sidecars: init containers that run on, so that the job's container starts
 * when they are well, and ends without them.
 */
final class PodPlan {
    static final String JOB = "job";
    private static final String LOCAL = "127.0.0.1";
    private static final int LABEL = 40;
    private static final int KEPT_SECONDS = 300;
    private static final long GRACE_SECONDS = 10;

    /**
     * Waits, and ends at once when it is told to: as process 1 a shell hears only what it traps.
     */
    private static final String IDLE =
            "trap 'exit 0' TERM INT; while :; do sleep 3600 & wait $!; done";

    private final JobName job;
    private final JobPlace place;
    private final KubernetesSettings.Pods pods;
    private final InsideNames names;
    private final PodVolumes volumes;
    private final JobSecrets secrets;
    private final List<String> warnings = new ArrayList<>();

    PodPlan(JobName job, JobPlace place, KubernetesSettings.Pods pods, InsideNames names) {
        this.job = job;
        this.place = place;
        this.pods = pods;
        this.names = names;
        this.volumes = new PodVolumes(place.folders(), names);
        this.secrets = new JobSecrets(job);
    }

    /** A name as a part of one that Kubernetes takes. */
    static String label(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return plain.substring(0, Math.min(LABEL, plain.length())).replaceAll("^-+|-+$", "");
    }

    /** The container of a service. */
    static String service(String name) {
        return "service-" + label(name);
    }

    JobSecrets secrets() {
        return secrets;
    }

    /** What the workflow writes and a pod has no counterpart for. */
    List<String> warnings() {
        return warnings;
    }

    String image() {
        return place.wanted().job().map(Container::image).orElse(pods.image());
    }

    /**
     * @param hosts names that the pod knows beside those of its services, by address
     */
    Job job(Map<String, String> hosts) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(job.name())
                .withLabels(job.labels())
                .addToAnnotations("rondo.dev/id", job.id())
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(0)
                .withActiveDeadlineSeconds(place.time().plus(pods.start()).toSeconds())
                .withTtlSecondsAfterFinished(KEPT_SECONDS)
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(job.labels())
                .addToAnnotations("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
                .endMetadata()
                .withSpec(pod(hosts))
                .endTemplate()
                .endSpec()
                .build();
    }

    private PodSpec pod(Map<String, String> hosts) {
        var services = new ArrayList<io.fabric8.kubernetes.api.model.Container>();
        place.wanted().services().forEach((name, wish) -> services.add(service(name, wish)));
        var own = own();
        var pulling = new ArrayList<>(pods.pullSecrets());
        pulling.addAll(secrets.pulling());
        var spec =
                new PodSpecBuilder()
                        .withRestartPolicy("Never")
                        .withAutomountServiceAccountToken(false)
                        .withEnableServiceLinks(false)
                        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                        .withNodeSelector(pods.resources().nodes())
                        .withSecurityContext(around())
                        .withImagePullSecrets(
                                pulling.stream().map(LocalObjectReference::new).toList())
                        .withHostAliases(aliases(hosts))
                        .withVolumes(volumes.all())
                        .withInitContainers(services)
                        .withContainers(own);
        pods.account().ifPresent(spec::withServiceAccountName);
        options(place.wanted().job())
                .last("hostname")
                .map(PodPlan::label)
                .ifPresent(spec::withHostname);
        return spec.build();
    }

    private PodSecurityContext around() {
        var context =
                new PodSecurityContextBuilder()
                        .withNewSeccompProfile()
                        .withType("RuntimeDefault")
                        .endSeccompProfile();
        pods.user().ifPresent(context::withFsGroup);
        return context.build();
    }

    private static PodOptions options(Optional<Container> wish) {
        return PodOptions.read(wish.map(Container::options).orElse(""));
    }

    /** All containers of a pod share one network: a service is its own host by its name. */
    private List<HostAlias> aliases(Map<String, String> hosts) {
        var aliases = new ArrayList<HostAlias>();
        hosts.forEach((name, address) -> aliases.add(new HostAlias(List.of(name), address)));
        List<String> services =
                place.wanted().services().keySet().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .filter(name -> name.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?"))
                        .toList();
        if (!services.isEmpty()) {
            aliases.add(new HostAlias(services, LOCAL));
        }
        return aliases;
    }

    private io.fabric8.kubernetes.api.model.Container own() {
        Optional<Container> wish = place.wanted().job();
        PodOptions options = options(wish);
        warn(JOB, options);
        var env = new LinkedHashMap<String, String>();
        wish.ifPresent(own -> env.putAll(own.env()));
        env.putAll(options.env());
        var container =
                new ContainerBuilder()
                        .withName(JOB)
                        .withImage(image())
                        .withCommand("sh", "-c", IDLE)
                        .withWorkingDir(names.inside(place.folders().work().toString()))
                        .withEnv(secrets.env(env))
                        .addNewEnv()
                        .withName("HOME")
                        .withValue(names.inside(place.folders().home().toString()))
                        .endEnv()
                        .withVolumeMounts(volumes.ofJob())
                        .addAllToVolumeMounts(mounts(wish, options))
                        .withResources(resources(pods.resources().requests()))
                        .withSecurityContext(security(options));
        credentials(wish);
        return container.build();
    }

    private io.fabric8.kubernetes.api.model.Container service(String name, Container wish) {
        PodOptions options = PodOptions.read(wish.options());
        warn(name, options);
        var env = new LinkedHashMap<>(wish.env());
        env.putAll(options.env());
        var nothing = new LinkedHashMap<String, String>();
        pods.resources().limits().keySet().forEach(key -> nothing.put(key, "0"));
        var container =
                new ContainerBuilder()
                        .withName(service(name))
                        .withImage(wish.image())
                        .withRestartPolicy("Always")
                        .withEnv(secrets.env(env))
                        .withVolumeMounts(mounts(Optional.of(wish), options))
                        .withResources(resources(nothing))
                        .withSecurityContext(security(options));
        wish.start()
                .entrypoint()
                .or(() -> options.last("entrypoint"))
                .ifPresent(container::withCommand);
        wish.start().command().map(CommandWords::split).ifPresent(container::withArgs);
        options.last("workdir").ifPresent(container::withWorkingDir);
        options.health().ifPresent(container::withStartupProbe);
        credentials(Optional.of(wish));
        return container.build();
    }

    private List<VolumeMount> mounts(Optional<Container> wish, PodOptions options) {
        var written = new ArrayList<>(wish.map(Container::volumes).orElse(List.of()));
        written.addAll(options.all("volume"));
        return written.stream().map(volumes::of).toList();
    }

    private void credentials(Optional<Container> wish) {
        wish.ifPresent(
                one -> one.start().credentials().ifPresent(c -> secrets.registry(one.image(), c)));
    }

    private void warn(String container, PodOptions options) {
        for (String option : options.strange()) {
            warnings.add(
                    "The option --%s of '%s' has no counterpart in a pod and is left out"
                            .formatted(option, container));
        }
    }

    private ResourceRequirements resources(Map<String, String> requests) {
        return new ResourceRequirementsBuilder()
                .withRequests(quantities(requests))
                .withLimits(quantities(pods.resources().limits()))
                .build();
    }

    private static Map<String, Quantity> quantities(Map<String, String> written) {
        var quantities = new LinkedHashMap<String, Quantity>();
        written.forEach((name, text) -> quantities.put(name, Quantity.parse(text)));
        return quantities;
    }

    /** With a user, what the pod security standard "restricted" demands. */
    private SecurityContext security(PodOptions options) {
        if (pods.user().isEmpty()) {
            var context = new SecurityContextBuilder();
            options.user().ifPresent(context::withRunAsUser);
            return context.build();
        }
        return new SecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(pods.user().get())
                .withRunAsGroup(pods.user().get())
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }
}
