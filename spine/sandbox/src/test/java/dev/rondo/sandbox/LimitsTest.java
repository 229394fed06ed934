package dev.rondo.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each limit, with walls and without. */
final class LimitsTest {

    private static final long MIB = 1024 * 1024;
    private static final Limits LIMITS = Limits.ofJob().withWallTime(Duration.ofSeconds(60));

    @TempDir Path data;
    Sandbox sandbox;
    Rig rig;

    /** Where a limit is enforced: by the kernel's groups, or by counting. */
    enum Ground {
        WALLS_AND_GROUPS(Sandbox.Mode.BUBBLEWRAP, GroupTree.find()),
        WALLS(Sandbox.Mode.BUBBLEWRAP, GroupTree.none()),
        GROUPS(Sandbox.Mode.OFF, GroupTree.find()),
        NOTHING(Sandbox.Mode.OFF, GroupTree.none());

        private final Sandbox.Mode mode;
        private final GroupTree groups;

        Ground(Sandbox.Mode mode, GroupTree groups) {
            this.mode = mode;
            this.groups = groups;
        }
    }

    private void open(Ground ground) throws Exception {
        sandbox = Sandbox.open(data, ground.mode, ground.groups);
        rig = new Rig(sandbox, Files.createDirectories(data.resolve("work")));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        sandbox.close();
        try (Stream<Path> runs = Files.list(data.resolve("sandbox/runs"))) {
            assertThat(runs).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tooManyProcessesAreKilled(Ground ground) throws Exception {
        open(ground);
        var result =
                rig.run(
                        Network.NONE,
                        LIMITS.withProcesses(60),
                        "for i in $(seq 80); do sleep 100 & done; wait");
        assertThat(result.exceeded().limit()).isEqualTo(Limit.PROCESSES);
        assertThat(result.exceeded().message()).contains("60 processes");
    }

    /** Not for root without groups: only they limit root's forks before the machine is full. */
    @ParameterizedTest
    @EnumSource(names = {"WALLS_AND_GROUPS", "GROUPS"})
    void aForkBombIsContained(Ground ground) throws Exception {
        open(ground);
        var result =
                rig.run(
                        Network.NONE,
                        LIMITS.withProcesses(60),
                        "bomb() { bomb | bomb & }; bomb; sleep 50");
        assertThat(result.exceeded().limit()).isEqualTo(Limit.PROCESSES);
        assertThat(result.exceeded().message()).contains("60 processes");
        assertThat(result.exceeded().usage().wallTime()).isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @EnumSource
    void aMemoryHogIsKilledWithTheReason(Ground ground) throws Exception {
        open(ground);
        var result =
                rig.run(
                        Network.NONE,
                        LIMITS.withMemory(128 * MIB),
                        "head -c 600M /dev/zero | tail; echo survived; sleep 50");
        assertThat(result.exceeded().limit()).isEqualTo(Limit.MEMORY);
        assertThat(result.exceeded().message()).contains("128 MiB");
    }

    @ParameterizedTest
    @EnumSource
    void theTimeLimitEndsIt(Ground ground) throws Exception {
        open(ground);
        var result =
                rig.run(
                        Network.NONE,
                        LIMITS.withWallTime(Duration.ofSeconds(1)),
                        "trap '' TERM; sleep 100 & setsid sleep 100 & wait");
        assertThat(result.exceeded().limit()).isEqualTo(Limit.WALL_TIME);
        assertThat(result.exceeded().message()).contains("1 s");
        assertThat(result.exceeded().usage().wallTime()).isLessThan(Duration.ofSeconds(8));
    }

    @ParameterizedTest
    @EnumSource
    void aDiskFillerIsStopped(Ground ground) throws Exception {
        open(ground);
        var result =
                rig.run(
                        Network.NONE,
                        LIMITS.withDisk(50 * MIB),
                        "i=0; while true; do i=$((i+1)); head -c 10M /dev/zero > fill$i || exit 1;"
                                + " sleep 0.05; done");
        assertThat(result.exceeded().limit()).isEqualTo(Limit.DISK);
        assertThat(result.exceeded().message()).contains("50 MiB");
    }

    @ParameterizedTest
    @EnumSource
    void oneHugeFileIsStoppedToo(Ground ground) throws Exception {
        open(ground);
        var result =
                rig.run(
                        Network.NONE,
                        LIMITS.withDisk(10 * MIB).withOutput(MIB),
                        "exec head -c 3G /dev/zero > huge");
        assertThat(result.exceeded().limit()).isEqualTo(Limit.DISK);
    }

    @ParameterizedTest
    @EnumSource
    void endlessOutputIsCutWithAMessage(Ground ground) throws Exception {
        open(ground);
        var result = rig.run(Network.NONE, LIMITS.withOutput(1000), "yes | head -c 500M; exit 5");
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.output())
                .hasSizeLessThan(1100)
                .endsWith("[rondo] output is cut here: more than 1000 bytes\n");
    }

    @ParameterizedTest
    @EnumSource
    void cancellingKillsEverything(Ground ground) throws Exception {
        open(ground);
        var output = new StringBuffer();
        var job =
                rig.start(
                        Network.NONE,
                        LIMITS,
                        "setsid sleep 300 & nohup sleep 300 & echo up; wait",
                        output);
        org.awaitility.Awaitility.await().until(() -> output.toString().contains("up"));
        assertThat(job.reading()).hasValueSatisfying(r -> assertThat(r.processes()).isPositive());
        job.cancel();
        assertThat(job.await()).isInstanceOf(Ending.Cancelled.class);
        assertThat(job.reading()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void cpuTimeAndMemoryAreMeasured(Ground ground) throws Exception {
        open(ground);
        var output = new StringBuffer();
        var job = rig.start(Network.NONE, LIMITS.withCores(1), "while true; do :; done", output);
        org.awaitility.Awaitility.await()
                .until(() -> job.reading().orElseThrow().cpuSeconds() > 0.3);
        assertThat(job.reading().orElseThrow().memoryBytes()).isPositive();
        job.cancel();
        var usage = job.await().usage();
        if (!ground.groups.describe().startsWith("no ")) {
            assertThat(usage.cpuSeconds()).isPositive();
            assertThat(usage.peakMemoryBytes()).isPositive();
        }
    }
}
