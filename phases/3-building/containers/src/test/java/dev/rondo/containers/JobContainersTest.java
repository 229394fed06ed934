package dev.rondo.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.jobs.JobEnd;
import dev.rondo.kits.jobs.Trial;
import dev.rondo.kits.machine.DockerDaemon;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers, services and actions of jobs against a real engine. */
final class JobContainersTest {
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

    private static String in(String text) {
        return text.replace("IMAGE", DockerDaemon.IMAGE).replace("SMALL", DockerDaemon.SMALL);
    }

    private Trial ended(String job, String result) {
        return ended(new Trial(data, rig.executor, in(job)), result);
    }

    private static Trial ended(Trial trial, String result) {
        JobEnd end = trial.run();
        assertThat(end.outcome())
                .as(end.message() + "\n" + String.join("\n", trial.lines()))
                .isEqualTo(result);
        return trial;
    }

    @Test
    void aJobContainerHasGitHubsNamesVariablesAndOptions() {
        Trial trial =
                ended(
                        """
                        container:
                          image: IMAGE
                          env: {INSIDE: "yes", SECRET: "${{ secrets.WORD }}", LINES: "one\\ntwo"}
                          options: --hostname box --user 0
                          volumes: ["kept:/data", "${{ github.workspace }}/shared:/shared"]
                        steps:
                          - run: |
                              echo "$INSIDE $(hostname) $HOME $GITHUB_WORKSPACE $PWD"
                              echo "$GITHUB_EVENT_PATH $RUNNER_TEMP $RUNNER_TOOL_CACHE"
                              test -f "$GITHUB_EVENT_PATH" && test -d "$RUNNER_TEMP" && test -d /__t
                              echo "$LINES" | wc -l
                              echo mine > /data/file && echo ours > /shared/file
                              ls /var/run/docker.sock 2>/dev/null || echo no socket
                          - run: cat /data/file shared/file
                        """,
                        "success");
        assertThat(trial.lines())
                .contains(
                        "yes box /github/home /__w/shop/shop /__w/shop/shop",
                        "/github/workflow/event.json /__w/_temp /__t",
                        "2",
                        "no socket",
                        "mine",
                        "ours")
                .noneMatch(line -> line.contains("sesame"));
    }

    @Test
    void stepsSeeTheContextsAndEndWithAStepThatStopsTheContainers() {
        Trial trial =
                ended(
                        """
                        container: {image: IMAGE, volumes: ["kept:/data"]}
                        steps:
                          - run: echo mine > /data/file
                          - run: cat /data/file
                          - run: echo "${{ job.container.id != '' }} ${{ job.container.network != '' }}"
                          - run: echo "${BASH_VERSION:+bash}"
                            shell: bash
                          - run: echo "sh it is"
                        """,
                        "success");
        assertThat(trial.lines()).contains("mine", "true true", "bash", "shell: sh -e {0}");
        assertThat(trial.steps())
                .containsEntry("Initialize containers", "success")
                .containsEntry("Stop containers", "success");
    }

    @Test
    void aContainerHasTheLimitsOfJobsWhateverItsOptionsSay() {
        Trial trial =
                ended(
                        """
                        container:
                          image: IMAGE
                          options: --memory 64g --pids-limit 100000 --cpus 1
                        steps:
                          - run: |
                              cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/memory.max
                              cat /sys/fs/cgroup/pids/pids.max 2>/dev/null || cat /sys/fs/cgroup/pids.max
                        """,
                        "success");
        assertThat(trial.lines()).contains(String.valueOf(256L << 20), "200");
    }

    @Test
    void whatReachesBeyondTheContainerIsRefused() {
        for (String option :
                List.of(
                        "options: --privileged",
                        "options: --cap-add SYS_ADMIN",
                        "options: --pid=host",
                        "options: -v /etc:/host",
                        "options: --mount type=bind,source=/,target=/host",
                        "volumes: [\"/var/run/docker.sock:/var/run/docker.sock\"]",
                        "volumes: [\"${{ github.workspace }}/../..:/host\"]")) {
            Trial trial =
                    ended(
                            "container:\n  image: IMAGE\n  %s\nsteps:\n  - run: echo never\n"
                                    .formatted(option),
                            "failure");
            assertThat(trial.lines())
                    .as(option)
                    .doesNotContain("never")
                    .anyMatch(line -> line.contains("administrator can allow"));
        }
        Trial network =
                ended(
                        "container:\n  image: IMAGE\n  options: --network host\n"
                                + "steps:\n  - run: echo never\n",
                        "failure");
        assertThat(network.lines()).anyMatch(line -> line.contains("--network is not supported"));
    }

    @Test
    void trustedJobsMayMountTheHost() {
        try (var trusted = new DockerRig(data, true, "trusted-" + data.getFileName())) {
            Trial trial =
                    ended(
                            new Trial(
                                    data,
                                    trusted.executor,
                                    in(
                                            """
                                            container:
                                              image: IMAGE
                                              options: --cap-add SYS_PTRACE
                                              volumes: ["/etc/hostname:/host/name:ro"]
                                            steps:
                                              - run: cat /host/name && echo read
                                            """)),
                            "success");
            assertThat(trial.lines()).contains("read");
            assertThat(trusted.left()).isEmpty();
        }
    }

    private static final String WEB =
            """
              web:
                image: IMAGE
                env: {GREETING: hello}
                ports: PORTS
                entrypoint: sh
                command: -c "echo \\"served $GREETING\\"; mkdir /www; echo $GREETING > /www/index.html; httpd -f -p 80 -h /www"
                options: --health-cmd "wget -q -O- http://127.0.0.1/" --health-interval 200ms
            """;

    @Test
    void aHostJobReachesItsServicesAtTheirPorts() {
        Trial trial =
                ended(
                        "services:\n"
                                + WEB.replace("PORTS", "[\"18080:80\"]")
                                + WEB.replace("PORTS", "[80]").replace("web:", "other:")
                                + """
                                steps:
                                  - run: curl -sS http://localhost:18080/
                                  - run: curl -sS "http://127.0.0.1:${{ job.services.other.ports['80'] }}/"
                                  - run: echo "${{ job.services.web.ports[80] }} ${{ job.services.web.id != '' }}"
                                  - run: curl -s -m 2 http://localhost:18081/ || echo refused
                                """,
                        "success");
        assertThat(trial.lines())
                .containsSubsequence("hello", "hello", "18080 true", "refused")
                .contains("web service is healthy.")
                .anyMatch(line -> line.startsWith("Print service container logs: "))
                .anyMatch(line -> line.endsWith("served hello"));
    }

    @Test
    void twoJobsMayWantTheSamePort() {
        String job =
                "services:\n"
                        + WEB.replace("PORTS", "[\"18080:80\"]")
                        + "steps:\n  - run: curl -sS http://localhost:18080/\n";
        Trial first = rig.trial(in(job));
        Trial second = rig.trial(in(job));
        Thread other = Thread.ofVirtual().start(second::run);
        ended(first, "success");
        Awaitility.await().until(() -> !other.isAlive());
        assertThat(second.lines()).contains("hello");
    }

    @Test
    void aJobContainerReachesItsServicesByName() {
        Trial trial =
                ended(
                        "container: IMAGE\nservices:\n"
                                + WEB.replace("PORTS", "[80]")
                                + "steps:\n  - run: wget -q -O- http://web/\n",
                        "success");
        assertThat(trial.lines()).contains("hello");
    }

    @Test
    void aServiceThatIsUnwellFailsTheJobWithItsLogs() {
        Trial trial =
                ended(
                        """
                        services:
                          sick:
                            image: IMAGE
                            entrypoint: sh
                            command: -c "echo I am sick; sleep 1000"
                            options: --health-cmd "exit 1" --health-interval 100ms --health-retries 1
                        steps:
                          - run: echo never
                        """,
                        "failure");
        assertThat(trial.lines())
                .contains("##[error]One or more containers failed to start.")
                .anyMatch(line -> line.endsWith("I am sick"))
                .doesNotContain("never");
        assertThat(trial.steps()).containsEntry("Initialize containers", "failure");
    }

    @Test
    void anImageThatIsNowhereFailsTheJobWithTheReason() {
        Trial trial =
                ended("container: rondo-scenarios/none\nsteps:\n  - run: echo never\n", "failure");
        assertThat(trial.lines())
                .anyMatch(line -> line.startsWith("##[error]Docker pull failed with exit code"));
    }

    @Test
    void anImageIsAStepWithEntrypointAndArgs() {
        Trial trial =
                ended(
                        """
                        steps:
                          - run: echo from-host > file
                          - uses: docker://SMALL
                            env: {OWN: "a\\nb"}
                            with:
                              entrypoint: /bin/sh
                              args: -c "echo $PWD $HOME $(cat file) $GITHUB_WORKSPACE; echo $INPUT_ARGS | wc -w; echo made > made; echo x=y >> $GITHUB_ENV; echo ::notice::said; ls /var/run/docker.sock || true"
                          - run: cat made && echo "$x"
                          - uses: docker://SMALL
                            with: {entrypoint: /bin/false}
                        """,
                        "failure");
        assertThat(trial.lines())
                .contains(
                        "/github/workspace /github/home from-host /github/workspace",
                        "made",
                        "y",
                        "##[notice]said",
                        "##[error]Docker run failed with exit code 1");
    }

    @Test
    void anActionIsBuiltOnceFromItsDockerfile() {
        var files =
                Map.of(
                        "hello/action.yml",
                        """
                        name: hello
                        description: d
                        inputs: {who: {description: w, default: world}}
                        outputs: {time: {description: t}}
                        runs:
                          using: docker
                          image: Dockerfile
                          env: {COLOUR: blue}
                          post-entrypoint: /after.sh
                          args: ["${{ inputs.who }}", "two words"]
                        """,
                        "hello/entry.sh",
                        "#!/bin/sh\n# new for an engine that others use too: %s\n".formatted(data)
                                + "echo \"hello $1 ($2) $COLOUR $INPUT_WHO in $PWD\"\n"
                                + "echo time=now >> \"$GITHUB_OUTPUT\"\n"
                                + "echo who=$1 >> \"$GITHUB_STATE\"\n",
                        "hello/after.sh",
                        "#!/bin/sh\necho \"goodbye $STATE_who\"\n",
                        "hello/Dockerfile",
                        in(
                                "FROM IMAGE\nCOPY entry.sh after.sh /\n"
                                        + "ENTRYPOINT [\"/entry.sh\"]\n"),
                        "bare/Dockerfile",
                        in("FROM IMAGE\nCMD [\"echo\", \"from a bare Dockerfile\"]\n"));
        String job =
                """
                steps:
                  - id: d
                    uses: ./hello
                    with: {who: Ada}
                  - run: echo "time ${{ steps.d.outputs.time }}"
                  - uses: ./bare
                """;
        Trial trial = ended(new Trial(data, rig.executor, job, files), "success");
        assertThat(trial.lines())
                .contains(
                        "hello Ada (two words) blue Ada in /github/workspace",
                        "time now",
                        "from a bare Dockerfile",
                        "goodbye Ada",
                        "##[group]Building docker image");
        Trial again = ended(new Trial(data, rig.executor, job, files), "success");
        assertThat(again.lines())
                .contains("goodbye Ada")
                .doesNotContain("##[group]Building docker image");
    }

    @Test
    void anActionOutOfTimeIsEnded() {
        Trial trial =
                ended(
                        """
                        steps:
                          - uses: docker://SMALL
                            timeout-minutes: 0.02
                            with: {entrypoint: /bin/sleep, args: "100"}
                          - run: echo after
                            if: always()
                        """,
                        "failure");
        assertThat(trial.lines())
                .contains("after")
                .anyMatch(line -> line.contains("timed out after 0.02 minutes"));
    }

    @Test
    void aJobWithoutContainersLeavesTheEngineAlone() {
        Trial trial = ended("steps:\n  - run: echo plain\n", "success");
        assertThat(trial.lines()).contains("plain");
        assertThat(trial.steps()).hasSize(1);
    }

    @Test
    void theNextLifeOfAServerRemovesWhatAKilledOneLeft() throws Exception {
        String mark = "server-" + data.getFileName();
        try (var killed = new DockerRig(data, false, mark);
                var other = new DockerRig(data, false, "other-" + mark);
                var next = new DockerRig(data, false, mark)) {
            for (DockerRig one : List.of(killed, other)) {
                var words = new ArrayList<>(List.of("run", "-d"));
                words.addAll(one.engine.labels().of(new Labels.JobName("lost")));
                words.addAll(List.of("--network", "none", DockerDaemon.SMALL, "sleep", "1000"));
                one.daemon.docker(words.toArray(String[]::new));
            }
            assertThat(next.engine.sweep()).hasSize(1);
            assertThat(killed.left()).isEmpty();
            assertThat(other.left()).hasSize(1);
            other.daemon.docker("rm", "-f", other.left().getFirst());
        }
    }

    @Test
    void filesOfRootAreGivenBackToTheServersUser() throws Exception {
        Path folder = Files.createDirectories(data.resolve("given/below"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/passwd"));
        Ownership.give(rig.engine, data.resolve("given"), DockerDaemon.SMALL, "1234:1234");
        assertThat(Files.getAttribute(folder, "unix:uid")).isEqualTo(1234);
        assertThat(Files.getAttribute(Path.of("/etc/passwd"), "unix:uid")).isEqualTo(0);
    }
}
