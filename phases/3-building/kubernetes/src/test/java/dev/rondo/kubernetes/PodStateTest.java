package dev.rondo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import org.junit.jupiter.api.Test;

/** What the status of a pod means, in statuses as nodes and schedulers write them. */
final class PodStateTest {

    private static Pod pod(PodStatusBuilder status) {
        return new PodBuilder().withStatus(status.build()).build();
    }

    private static PodStatusBuilder own(ContainerState state) {
        return new PodStatusBuilder()
                .withPhase("Pending")
                .withContainerStatuses(
                        new ContainerStatusBuilder()
                                .withName("job")
                                .withImage("shop/build:1")
                                .withRestartCount(0)
                                .withState(state)
                                .build());
    }

    private static ContainerState waiting(String reason, String message) {
        return new ContainerStateBuilder().withNewWaiting(message, reason).build();
    }

    private static String gone(Pod pod) {
        PodState state = PodState.of(pod, "job");
        assertThat(state).isInstanceOf(PodState.Gone.class);
        return ((PodState.Gone) state).sentence();
    }

    private static String coming(Pod pod) {
        PodState state = PodState.of(pod, "job");
        assertThat(state).isInstanceOf(PodState.Coming.class);
        return ((PodState.Coming) state).sentence();
    }

    @Test
    void aPodWithoutAStatusIsComing() {
        assertThat(coming(new PodBuilder().build())).isEmpty();
        assertThat(coming(pod(own(waiting("ContainerCreating", ""))))).isEmpty();
    }

    @Test
    void theJobRunsWhenItsContainerDoes() {
        var running = new ContainerStateBuilder().withNewRunning("2026-11-23T00:00:00Z").build();
        assertThat(PodState.of(pod(own(running)), "job")).isEqualTo(new PodState.Running());
        assertThat(PodState.of(pod(own(running)), "other")).isInstanceOf(PodState.Coming.class);
    }

    @Test
    void anImageThatNobodyHasIsTheEndAndARegistryThatIsAwayIsNot() {
        assertThat(
                        gone(
                                pod(
                                        own(
                                                waiting(
                                                        "ErrImagePull",
                                                        "rpc error: code = NotFound desc = failed to"
                                                                + " pull and unpack image: not found")))))
                .contains("shop/build:1 cannot be pulled", "kubernetes.pull-secrets");
        assertThat(gone(pod(own(waiting("InvalidImageName", "couldn't parse image name")))))
                .contains("InvalidImageName");
        assertThat(coming(pod(own(waiting("ImagePullBackOff", "i/o timeout")))))
                .contains("i/o timeout");
    }

    @Test
    void aPodThatNoNodeTakesSaysWhatTheSchedulerSays() {
        var status =
                new PodStatusBuilder()
                        .withPhase("Pending")
                        .addNewCondition()
                        .withType("PodScheduled")
                        .withStatus("False")
                        .withReason("Unschedulable")
                        .withMessage("0/3 nodes are available: 3 Insufficient cpu.")
                        .endCondition();
        assertThat(coming(pod(status))).contains("3 Insufficient cpu", "Lower kubernetes.request");
    }

    @Test
    void evictionDeadlineAndMemoryAreNamed() {
        assertThat(
                        gone(
                                pod(
                                        new PodStatusBuilder()
                                                .withPhase("Failed")
                                                .withReason("Evicted")
                                                .withMessage(
                                                        "The node was low on resource: memory."))))
                .contains("evicted", "low on resource: memory");
        assertThat(
                        gone(
                                pod(
                                        new PodStatusBuilder()
                                                .withPhase("Failed")
                                                .withReason("DeadlineExceeded"))))
                .contains("longer than its job may");
        var killed =
                new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(137)
                        .withReason("OOMKilled")
                        .endTerminated()
                        .build();
        assertThat(gone(pod(own(killed)))).contains("more memory", "kubernetes.memory");
        var ended =
                new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(3)
                        .withReason("Error")
                        .endTerminated()
                        .build();
        assertThat(gone(pod(own(ended)))).contains("code 3 (Error)");
    }

    @Test
    void aServiceThatIsStartedAgainIsUnwell() {
        var status =
                own(waiting("PodInitializing", ""))
                        .withInitContainerStatuses(
                                new ContainerStatusBuilder()
                                        .withName("service-web")
                                        .withImage("web")
                                        .withRestartCount(1)
                                        .withStarted(false)
                                        .build());
        assertThat(gone(pod(status))).contains("One or more containers failed to start", "web");
    }
}
