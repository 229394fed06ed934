package dev.rondo.kubernetes;

import dev.rondo.kits.machine.DockerDaemon;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Really runs the containers of pods, in a Docker Engine, and says in their status what a node
 * would say.
 */
final class Kubelet {
    private final KubernetesClient api;
    private final DockerDaemon docker;
    private final Path volumes;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    Kubelet(KubernetesClient api, DockerDaemon docker, Path volumes) {
        this.api = api;
        this.docker = docker;
        this.volumes = volumes;
    }

    /** A command that runs another in a container. */
    List<String> exec(String pod, String container, List<String> command) {
        var words =
                new ArrayList<>(
                        List.of(
                                "docker",
                                "-H",
                                docker.address(),
                                "exec",
                                "-i",
                                name(pod, container)));
        words.addAll(command);
        return words;
    }

    String logs(String pod, String container) {
        return docker.docker("logs", name(pod, container));
    }

    private static String name(String pod, String container) {
        return pod + "." + container;
    }

    void start(Pod pod) {
        String name = pod.getMetadata().getName();
        running.add(name);
        var statuses = new LinkedHashMap<String, ContainerStatus>();
        try {
            var pause =
                    new ArrayList<>(
                            List.of(
                                    "run",
                                    "-d",
                                    "--name",
                                    name(name, "pause"),
                                    "--network",
                                    "none"));
            pod.getSpec()
                    .getHostAliases()
                    .forEach(alias ->
                            alias.getHostnames()
                                    .forEach(host ->
                                            pause.addAll(
                                                    List.of(
                                                            "--add-host",
                                                            host + ":" + alias.getIp()))));
            pause.addAll(List.of(DockerDaemon.SMALL, "sleep", "100000"));
            docker.docker(pause.toArray(String[]::new));
            for (Container sidecar : pod.getSpec().getInitContainers()) {
                run(pod, sidecar, statuses);
                if (!well(pod, sidecar, statuses)) {
                    return;
                }
            }
            Container own = pod.getSpec().getContainers().getFirst();
            if (run(pod, own, statuses)) {
                follow(pod, own, statuses);
            }
        } catch (IllegalStateException e) {
            if (running.contains(name)) {
                throw e;
            }
        }
    }

    private boolean run(Pod pod, Container container, Map<String, ContainerStatus> statuses) {
        String name = pod.getMetadata().getName();
        var status = status(container);
        try {
            docker.docker("image", "inspect", container.getImage());
        } catch (IllegalStateException e) {
            status.withState(
                    new ContainerStateBuilder()
                            .withNewWaiting(
                                    "failed to pull and unpack image: not found", "ErrImagePull")
                            .build());
            say(pod, "Pending", put(statuses, status.build()));
            return false;
        }
        var words =
                new ArrayList<>(List.of("run", "-d", "--name", name(name, container.getName())));
        words.addAll(List.of("--network", "container:" + name(name, "pause")));
        for (EnvVar variable : container.getEnv()) {
            words.addAll(List.of("-e", variable.getName() + "=" + value(variable)));
        }
        for (VolumeMount mount : container.getVolumeMounts()) {
            words.addAll(List.of("-v", volume(name, mount)));
        }
        if (container.getWorkingDir() != null) {
            words.addAll(List.of("-w", container.getWorkingDir()));
        }
        if (container.getSecurityContext() != null
                && container.getSecurityContext().getRunAsUser() != null) {
            words.addAll(List.of("-u", container.getSecurityContext().getRunAsUser().toString()));
        }
        Quantity memory = container.getResources().getLimits().get("memory");
        if (memory != null) {
            words.addAll(List.of("-m", memory.getNumericalAmount().toBigInteger().toString()));
        }
        var run = new ArrayList<>(container.getCommand());
        if (!run.isEmpty()) {
            words.addAll(List.of("--entrypoint", run.removeFirst()));
        }
        words.add(container.getImage());
        words.addAll(run);
        words.addAll(container.getArgs());
        docker.docker(words.toArray(String[]::new));
        boolean probed = container.getStartupProbe() != null;
        status.withStarted(!probed)
                .withState(new ContainerStateBuilder().withNewRunning("now").build());
        boolean own = pod.getSpec().getContainers().contains(container);
        say(pod, own ? "Running" : "Pending", put(statuses, status.build()));
        return true;
    }

    private static ContainerStatusBuilder status(Container container) {
        return new ContainerStatusBuilder()
                .withName(container.getName())
                .withImage(container.getImage())
                .withRestartCount(0)
                .withReady(false);
    }

    private static Map<String, ContainerStatus> put(
            Map<String, ContainerStatus> statuses, ContainerStatus status) {
        statuses.put(status.getName(), status);
        return statuses;
    }

    private String value(EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return variable.getValue();
        }
        var reference = variable.getValueFrom().getSecretKeyRef();
        Secret secret = api.secrets().withName(reference.getName()).get();
        String plain =
                secret.getStringData() == null
                        ? null
                        : secret.getStringData().get(reference.getKey());
        return plain == null
                ? new String(Base64.getDecoder().decode(secret.getData().get(reference.getKey())))
                : plain;
    }

    private String volume(String pod, VolumeMount mount) {
        try {
            Path folder = volumes.resolve(pod).resolve(mount.getName());
            if (mount.getSubPath() != null) {
                folder = folder.resolve(mount.getSubPath());
            }
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            boolean readOnly = Boolean.TRUE.equals(mount.getReadOnly());
            return folder + ":" + mount.getMountPath() + (readOnly ? ":ro" : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a sidecar passes its startup probe; one that does not is started again. */
    private boolean well(Pod pod, Container container, Map<String, ContainerStatus> statuses) {
        Probe probe = container.getStartupProbe();
        if (probe == null) {
            return statuses.get(container.getName()).getState().getRunning() != null;
        }
        String name = pod.getMetadata().getName();
        for (int failures = 0; failures < probe.getFailureThreshold(); failures++) {
            try {
                var words = exec(name, container.getName(), probe.getExec().getCommand());
                if (new ProcessBuilder(words).start().waitFor() == 0) {
                    var status =
                            statuses.get(container.getName()).toBuilder().withStarted(true).build();
                    say(pod, "Pending", put(statuses, status));
                    return true;
                }
                Thread.sleep(probe.getPeriodSeconds() * 1000L);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        var status =
                statuses.get(container.getName()).toBuilder()
                        .withStarted(false)
                        .withRestartCount(1)
                        .build();
        say(pod, "Pending", put(statuses, status));
        return false;
    }

    private void follow(Pod pod, Container own, Map<String, ContainerStatus> statuses) {
        String name = pod.getMetadata().getName();
        String container = name(name, own.getName());
        int code = Integer.parseInt(docker.docker("wait", container).strip());
        if (!running.contains(name)) {
            return;
        }
        boolean memory =
                docker.docker("inspect", "-f", "{{.State.OOMKilled}}", container)
                        .strip()
                        .equals("true");
        var status =
                statuses.get(own.getName()).toBuilder()
                        .withState(
                                new ContainerStateBuilder()
                                        .withNewTerminated()
                                        .withExitCode(code)
                                        .withReason(memory ? "OOMKilled" : "Error")
                                        .endTerminated()
                                        .build())
                        .build();
        say(pod, "Failed", put(statuses, status));
    }

    private void say(Pod pod, String phase, Map<String, ContainerStatus> statuses) {
        var own = pod.getSpec().getContainers().getFirst().getName();
        api.pods()
                .withName(pod.getMetadata().getName())
                .editStatus(now -> {
                    var status =
                            now.toBuilder()
                                    .editOrNewStatus()
                                    .withPhase(phase)
                                    .withPodIP("10.0.0.7")
                                    .withInitContainerStatuses(
                                            statuses.values().stream()
                                                    .filter(one -> !one.getName().equals(own))
                                                    .toList())
                                    .withContainerStatuses(
                                            statuses.values().stream()
                                                    .filter(one -> one.getName().equals(own))
                                                    .toList());
                    return status.endStatus().build();
                });
    }

    /** What it has in the engine goes. */
    void end(Pod pod) {
        String name = pod.getMetadata().getName();
        if (running.remove(name)) {
            String all = docker.docker("ps", "-aq", "--filter", "name=" + name);
            all.lines().forEach(id -> docker.docker("rm", "-f", "-v", id));
        }
    }
}
