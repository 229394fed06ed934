package dev.rondo.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the status of a pod means for its job (Kubernetes API, PodStatus and ContainerState). */
sealed interface PodState {

    /** It does not run yet; the sentence is empty where nothing is to be said. */
    record Coming(String sentence) implements PodState {}

    /** Steps can run in it. */
    record Running() implements PodState {}

    /** It will never run, or runs no more. */
    record Gone(String sentence) implements PodState {}

    /** Waiting for these will not help: the manifest or the registry has to be changed. */
    Set<String> HOPELESS =
            Set.of(
                    "InvalidImageName",
                    "ErrImageNeverPull",
                    "CreateContainerConfigError",
                    "CreateContainerError",
                    "RunContainerError",
                    "StartError");

    String DELETED = "The pod of the job was deleted in the cluster";

    static PodState of(Pod pod, String job) {
        PodStatus status = pod.getStatus();
        if (status == null) {
            return new Coming("");
        }
        Optional<String> over = over(status, job);
        if (over.isPresent()) {
            return new Gone(taken(pod).orElse(over.get()));
        }
        for (ContainerStatus container : all(status)) {
            Optional<PodState> stuck = stuck(container);
            if (stuck.isPresent()) {
                return stuck.get();
            }
        }
        boolean runs =
                status.getContainerStatuses().stream()
                        .filter(container -> job.equals(container.getName()))
                        .map(ContainerStatus::getState)
                        .anyMatch(state -> state != null && state.getRunning() != null);
        return runs ? new Running() : new Coming(unscheduled(status));
    }

    /** Whether it did not end by itself (Kubernetes, "Pod disruption conditions"). */
    private static Optional<String> taken(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> "DisruptionTarget".equals(condition.getType()))
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition ->
                        "The pod of the job was taken away (%s): %s"
                                .formatted(
                                        text(condition.getReason()),
                                        text(condition.getMessage()).strip()))
                .findFirst()
                .or(() ->
                        pod.getMetadata() == null
                                        || pod.getMetadata().getDeletionTimestamp() == null
                                ? Optional.empty()
                                : Optional.of(DELETED));
    }

    private static List<ContainerStatus> all(PodStatus status) {
        var all = new ArrayList<>(status.getInitContainerStatuses());
        all.addAll(status.getContainerStatuses());
        return all;
    }

    /** The end of the pod, or of the job's container in it. */
    private static Optional<String> over(PodStatus status, String job) {
        for (ContainerStatus container : status.getContainerStatuses()) {
            ContainerState state = container.getState();
            if (job.equals(container.getName()) && state != null && state.getTerminated() != null) {
                return Optional.of(ended(state.getTerminated(), status));
            }
        }
        if ("Failed".equals(status.getPhase()) || "Succeeded".equals(status.getPhase())) {
            return Optional.of(failed(status));
        }
        return Optional.empty();
    }

    private static String ended(ContainerStateTerminated ended, PodStatus status) {
        if ("OOMKilled".equals(ended.getReason())) {
            return "The job used more memory than its pod may (OOMKilled): raise kubernetes.memory in"
                    + " the settings, or let the job need less";
        }
        if (text(status.getReason()).isEmpty()) {
            return "The container of the job ended by itself with code %s%s"
                    .formatted(ended.getExitCode(), brackets(ended.getReason()));
        }
        return failed(status);
    }

    private static String failed(PodStatus status) {
        return switch (text(status.getReason())) {
            case "Evicted" ->
                    "The pod was evicted from its node: %s. Ask for what the job needs by"
                                    .formatted(text(status.getMessage()).strip())
                            + " kubernetes.request-…, or run it again";
            case "DeadlineExceeded" -> "The pod ran longer than its job may (DeadlineExceeded)";
            case "" -> "The pod ended: " + text(status.getPhase());
            default ->
                    "The pod ended (%s): %s"
                            .formatted(status.getReason(), text(status.getMessage()).strip());
        };
    }

    /** Where a container waits for what waiting may not bring. */
    private static Optional<PodState> stuck(ContainerStatus container) {
        boolean started = Boolean.TRUE.equals(container.getStarted());
        if (container.getRestartCount() != null && container.getRestartCount() > 0 && !started) {
            return Optional.of(
                    new Gone(
                            "One or more containers failed to start. %s did not become well, or ended"
                                            .formatted(container.getName())
                                    + " by itself"));
        }
        ContainerState state = container.getState();
        ContainerStateWaiting waiting = state == null ? null : state.getWaiting();
        if (waiting == null) {
            return Optional.empty();
        }
        String reason = text(waiting.getReason());
        String message = text(waiting.getMessage()).strip();
        if (reason.equals("ErrImagePull") || reason.equals("ImagePullBackOff")) {
            String sentence =
                    "The image %s cannot be pulled (%s): %s. Check its name, and the credentials of"
                                    .formatted(container.getImage(), reason, message)
                            + " the container or kubernetes.pull-secrets";
            return Optional.of(refused(message) ? new Gone(sentence) : new Coming(sentence));
        }
        if (HOPELESS.contains(reason)) {
            return Optional.of(
                    new Gone(
                            "The container %s cannot be started from the image %s (%s): %s"
                                    .formatted(
                                            container.getName(),
                                            container.getImage(),
                                            reason,
                                            message)));
        }
        return Optional.empty();
    }

    /** Whether a registry said no, instead of nothing. */
    private static boolean refused(String message) {
        return message.toLowerCase(Locale.ROOT)
                .matches(
                        "(?s).*(not found|denied|unauthorized|forbidden|manifest unknown"
                                + "|invalid reference|no such host).*");
    }

    private static String unscheduled(PodStatus status) {
        return status.getConditions().stream()
                .filter(condition -> "PodScheduled".equals(condition.getType()))
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(PodCondition::getMessage)
                .map(PodState::text)
                .map(message ->
                        "No node takes the pod (Unschedulable): %s. Lower kubernetes.request-…, or"
                                        .formatted(message.strip())
                                + " give the cluster a node that fits")
                .findFirst()
                .orElse("");
    }

    private static String brackets(String text) {
        return text(text).isEmpty() ? "" : " (" + text + ")";
    }

    /** Fields that are not there are null in the client's objects. */
    private static String text(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }
}
