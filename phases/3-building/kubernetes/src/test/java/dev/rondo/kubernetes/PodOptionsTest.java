package dev.rondo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Probe;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PodOptionsTest {

    @Test
    void aHealthCheckOfDockerIsAStartupProbe() {
        Probe probe =
                PodOptions.read(
                                "--health-cmd \"pg_isready -U me\" --health-interval 1500ms"
                                        + " --health-timeout=5s --health-retries 5"
                                        + " --health-start-period 1m")
                        .health()
                        .orElseThrow();
        assertThat(probe.getExec().getCommand()).containsExactly("sh", "-c", "pg_isready -U me");
        assertThat(probe.getPeriodSeconds()).isEqualTo(2);
        assertThat(probe.getTimeoutSeconds()).isEqualTo(5);
        assertThat(probe.getFailureThreshold()).isEqualTo(5 + 30);
        assertThat(PodOptions.read("--rm").health()).isEmpty();
    }

    @Test
    void whatAPodHasIsTakenOverAndTheRestIsNamed() {
        PodOptions options =
                PodOptions.read("-e A=b --env C -u 1001:5 --cpus 2 --privileged --hostname box");
        assertThat(options.env()).isEqualTo(Map.of("A", "b", "C", ""));
        assertThat(options.user()).contains(1001L);
        assertThat(options.last("hostname")).contains("box");
        assertThat(options.strange()).containsExactly("cpus", "privileged");
        assertThat(PodOptions.read("--user postgres").user()).isEmpty();
    }
}
