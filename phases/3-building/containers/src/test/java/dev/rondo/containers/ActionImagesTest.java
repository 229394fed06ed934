package dev.rondo.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.jobs.Trial;
import dev.rondo.kits.machine.DockerDaemon;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of actions are brought before anything of a job runs, as GitHub's runner does it. */
final class ActionImagesTest {
    @TempDir Path data;
    private DockerRig rig;

    @BeforeEach
    void open() {
        rig = new DockerRig(data);
    }

    @AfterEach
    void close() {
        if (rig != null) {
            assertThat(rig.left()).as("left in the engine").isEmpty();
            rig.close();
        }
    }

    private Trial ended(String job, String result) {
        Trial trial = rig.trial(job.replace("SMALL", DockerDaemon.SMALL));
        assertThat(trial.run().outcome()).as(String.join("\n", trial.lines())).isEqualTo(result);
        return trial;
    }

    @Test
    void anImageIsPulledOnceInAStepOfItsOwnBeforeTheContainersOfTheJob() {
        Trial trial =
                ended(
                        """
                        container: SMALL
                        steps:
                          - run: echo first
                          - uses: docker://SMALL
                            with: {entrypoint: echo, args: second}
                          - uses: docker://SMALL
                            with: {entrypoint: echo, args: third}
                        """,
                        "success");
        assertThat(trial.lines())
                .containsSubsequence(
                        "##[group]Pull down action image '" + DockerDaemon.SMALL + "'",
                        "##[group]Starting job container",
                        "first",
                        "second",
                        "third");
        assertThat(trial.lines().stream().filter(line -> line.startsWith("##[command]docker pull")))
                .as("one for the job's container, one for the actions")
                .hasSize(2);
        assertThat(trial.steps()).containsEntry("Pull " + DockerDaemon.SMALL, "success");
    }

    @Test
    void aJobWhoseActionHasNoImageFailsBeforeItsFirstStep() {
        Trial trial =
                ended(
                        """
                        steps:
                          - run: echo never
                          - uses: docker://rondo-scenarios/none
                          - run: echo never
                            if: always()
                        """,
                        "failure");
        assertThat(trial.lines())
                .contains("##[group]Pull down action image 'rondo-scenarios/none'")
                .anyMatch(line -> line.startsWith("##[error]Docker pull failed with exit code"))
                .doesNotContain("never");
        assertThat(trial.steps()).containsEntry("Pull rondo-scenarios/none", "failure");
    }

    @Test
    void anImageThatIsNotBuiltIsTriedThreeTimes() {
        var files = Map.of("broken/Dockerfile", "FROM " + DockerDaemon.SMALL + "\nRUN exit 3\n");
        var trial = new Trial(data, rig.executor, "steps:\n  - uses: ./broken\n", files);
        assertThat(trial.run().outcome()).isEqualTo("failure");
        assertThat(
                        trial.lines().stream()
                                .filter(line -> line.startsWith("##[warning]Docker build")))
                .hasSize(2)
                .allMatch(line -> line.endsWith("back off 2 seconds before retry."));
        assertThat(trial.lines())
                .anyMatch(line -> line.startsWith("##[error]Docker build failed with exit code"));
    }
}
