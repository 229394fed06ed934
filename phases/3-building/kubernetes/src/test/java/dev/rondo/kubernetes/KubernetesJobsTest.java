package dev.rondo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.jobs.JobEnd;
import dev.rondo.kits.jobs.Trial;
import dev.rondo.kits.machine.DockerDaemon;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers, services, files and secrets of jobs in a cluster whose pods really run. */
final class KubernetesJobsTest {
    @TempDir Path data;
    private ClusterRig rig;

    @BeforeEach
    void open() {
        rig = new ClusterRig(data);
    }

    @AfterEach
    void close() {
        if (rig != null) {
            rig.nothingIsLeft();
            rig.close();
        }
    }

    private Trial trial(String job, Map<String, String> files) {
        return new Trial(
                data,
                rig.executor,
                job.replace("IMAGE", DockerDaemon.IMAGE).replace("SMALL", DockerDaemon.SMALL),
                files);
    }

    private static Trial ended(Trial trial, String result) {
        JobEnd end = trial.run();
        assertThat(end.outcome())
                .as(end.message() + "\n" + String.join("\n", trial.lines()))
                .isEqualTo(result);
        return trial;
    }

    @Test
    void aJobHasGitHubsNamesItsFilesAndItsVariables() {
        Trial trial =
                ended(
                        trial(
                                """
                                container:
                                  image: SMALL
                                  env: {INSIDE: "yes", SECRET: "${{ secrets.WORD }}", LINES: "one\\ntwo"}
                                  volumes: ["kept:/data", "${{ github.workspace }}/shared:/shared"]
                                steps:
                                  - run: |
                                      echo "$INSIDE $GITHUB_WORKSPACE $PWD $HOME"
                                      echo "$GITHUB_EVENT_PATH $RUNNER_TEMP $RUNNER_TOOL_CACHE"
                                      test -f "$GITHUB_EVENT_PATH" && test -d "$RUNNER_TEMP" && test -d /__t
                                      echo "$LINES" | wc -l; echo "$SECRET" | wc -c
                                      echo mine > /data/file; echo ours > /shared/file
                                      cat "${{ github.workspace }}/there"
                                  - run: cat /data/file shared/file
                                """,
                                Map.of("there", "was there\n")),
                        "success");
        assertThat(trial.lines())
                .contains(
                        "yes /__w/shop/shop /__w/shop/shop /github/home",
                        "/github/workflow/event.json /__w/_temp /__t",
                        "2",
                        "7",
                        "was there",
                        "mine",
                        "ours",
                        "shell: sh -e {0}")
                .noneMatch(line -> line.contains("sesame"));
        assertThat(trial.steps()).containsEntry("Initialize containers", "success");
    }

    @Test
    void stepsRunInTheBackgroundToo() {
        Trial trial =
                ended(
                        trial(
                                """
                                container: IMAGE
                                steps:
                                  - id: server
                                    background: true
                                    run: trap 'echo stopping; exit 0' INT TERM; touch up; while sleep 0.1; do :; done
                                  - parallel:
                                      - id: one
                                        run: while ! test -e up; do sleep 0.1; done; echo "said=one" >> "$GITHUB_OUTPUT"
                                      - id: two
                                        run: while ! test -e up; do sleep 0.1; done; echo "said=two" >> "$GITHUB_OUTPUT"
                                  - cancel: server
                                  - run: echo "${{ steps.one.outputs.said }} ${{ steps.two.outputs.said }}"
                                """,
                                Map.of()),
                        "success");
        assertThat(trial.lines()).contains("one two");
        assertThat(trial.steps())
                .containsEntry("Wait", "success")
                .containsEntry("Cancel", "success");
    }

    @Test
    void aJobReachesItsServicesWhenTheyAreWell() {
        Trial trial =
                ended(
                        trial(
                                """
                                services:
                                  web:
                                    image: IMAGE
                                    env: {GREETING: hello}
                                    ports: [8080]
                                    entrypoint: sh
                                    command: -c "sleep 1; mkdir /www; echo $GREETING > /www/index.html; echo serving; httpd -f -p 8080 -h /www"
                                    options: --health-cmd "wget -q -O- http://127.0.0.1:8080/" --health-interval 1s --health-retries 20 --cpus 1
                                steps:
                                  - run: wget -q -O- http://web:8080/
                                  - run: wget -q -O- "http://localhost:${{ job.services.web.ports['8080'] }}/"
                                """,
                                Map.of()),
                        "success");
        assertThat(trial.lines())
                .containsSubsequence("hello", "hello", "serving")
                .contains(
                        "##[warning]The option --cpus of 'web' has no counterpart in a pod and is"
                                + " left out");
    }

    @Test
    void aServiceThatIsUnwellFailsTheJobWithItsLog() {
        Trial trial =
                ended(
                        trial(
                                """
                                services:
                                  sick:
                                    image: IMAGE
                                    entrypoint: sh
                                    command: -c "echo I am sick; sleep 1000"
                                    options: --health-cmd "exit 1" --health-interval 1s --health-retries 1
                                steps:
                                  - run: echo never
                                """,
                                Map.of()),
                        "failure");
        assertThat(trial.lines())
                .contains("I am sick")
                .anyMatch(line -> line.contains("One or more containers failed to start"))
                .doesNotContain("never");
    }

    @Test
    void theServerSeesFilesOfTheJobWhenItLooks() {
        Trial trial =
                ended(
                        trial(
                                """
                                steps:
                                  - run: |
                                      mkdir -p made/deep act && echo one > made/deep/lock
                                      ln -s /etc/passwd made/link
                                      printf 'name: own\\ndescription: d\\nruns:\\n  using: composite\\n  steps:\\n    - {run: "echo composed in $PWD", shell: bash}\\n' > act/action.yml
                                  - run: echo "${{ hashFiles('made/**') }}"
                                  - uses: ./act
                                  - run: echo two > made/deep/lock
                                  - run: |
                                      echo "${{ hashFiles('made/**') }}"
                                      rm -r made
                                  - run: echo "gone${{ hashFiles('made/**') }}"
                                """,
                                Map.of()),
                        "success");
        List<String> hashes =
                trial.lines().stream().filter(line -> line.matches("[0-9a-f]{64}")).toList();
        assertThat(hashes).hasSize(2).doesNotHaveDuplicates();
        assertThat(trial.lines()).contains("composed in /__w/shop/shop", "gone");
    }

    @Test
    void nothingOfAJobCanBeReadInItsManifest() {
        Trial trial =
                trial(
                        """
                        container:
                          image: SMALL
                          env: {SECRET: "${{ secrets.WORD }}"}
                          credentials: {username: me, password: "${{ secrets.WORD }}"}
                        steps:
                          - run: |
                              echo ready
                              n=0; while [ ! -e "$RUNNER_TEMP/go" ] && [ $n -lt 300 ]; do n=$((n+1)); sleep 0.1; done
                        """,
                        Map.of());
        Thread job = Thread.ofVirtual().start(trial::run);
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> trial.lines().contains("ready"));
        var api = rig.mini.api();
        var made = api.batch().v1().jobs().list().getItems().getFirst();
        var pod = api.pods().list().getItems().getFirst();
        assertThat(api.getKubernetesSerialization().asYaml(made)).doesNotContain("sesame");
        assertThat(api.getKubernetesSerialization().asYaml(pod)).doesNotContain("sesame");
        assertThat(api.secrets().list().getItems())
                .hasSize(2)
                .allSatisfy(secret ->
                        assertThat(secret.getMetadata().getOwnerReferences())
                                .singleElement()
                                .satisfies(owner ->
                                        assertThat(owner.getUid())
                                                .isEqualTo(made.getMetadata().getUid())));
        assertThat(made.getSpec().getBackoffLimit()).isZero();
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSpec().getImagePullSecrets()).hasSize(1);
        trial.cancel();
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> !job.isAlive());
    }

    @Test
    void aContainerActionSaysWhereItCouldRun() {
        Trial trial =
                ended(
                        trial(
                                "steps:\n  - uses: docker://SMALL\n  - run: echo after\n    if: always()\n",
                                Map.of()),
                        "failure");
        assertThat(trial.lines())
                .contains("after")
                .anyMatch(line -> line.contains("a job in Kubernetes runs none"));
    }

    @Test
    void theNextLifeEndsWhatAKilledOneLeft() throws Exception {
        var lost =
                rig.executor(
                        ClusterRig.pods(DockerDaemon.IMAGE, Map.of(), Duration.ofSeconds(60)),
                        "rig");
        var other =
                rig.executor(
                        ClusterRig.pods(DockerDaemon.IMAGE, Map.of(), Duration.ofSeconds(60)),
                        "other");
        for (KubernetesExecutor one : List.of(lost, other)) {
            Trial trial = new Trial(data, one, "steps:\n  - run: echo ready; sleep 1000\n");
            Thread.ofVirtual().start(trial::run);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> trial.lines().contains("ready"));
        }
        assertThat(rig.executor.sweep()).hasSize(1);
        Awaitility.await()
                .until(() -> rig.left().stream().filter(one -> one.startsWith("Job")).count() == 1);
        var again =
                rig.executor(
                        ClusterRig.pods(DockerDaemon.IMAGE, Map.of(), Duration.ofSeconds(60)),
                        "other");
        assertThat(again.sweep()).hasSize(1);
        for (KubernetesExecutor one : List.of(lost, other, again)) {
            one.close();
        }
    }
}
