package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rondo.kits.machine.DockerDaemon;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Repositories with workflows and what is expected of them, run by the real engine in the real
 * sandbox, several at once on one yard. A scenario that awaits what the engine cannot do yet must
 * not pass: whoever builds it takes the mark away.
 */
final class ScenariosTest {
    private static final int AT_ONCE = 12;
    private static final int JOBS = 6;

    /** Long enough for what fails at once; the rest of them only waits in vain. */
    private static final int AWAITING_SECONDS = 10;

    private static Yard yard;
    private static ExecutorService threads;

    @BeforeAll
    static void start() {
        yard = new Yard(Yard.temporary(), JOBS, engine()).start();
        yard.web.start("127.0.0.1", 0);
        yard.spine
                .sandbox()
                .serves(() ->
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), yard.web.port()));
        ActionShelf.fill(yard);
        threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory());
    }

    /** Only where a scenario needs one: it takes seconds to start. */
    private static Optional<String> engine() {
        boolean needed =
                Scenario.all().stream().anyMatch(scenario -> scenario.needs().contains("docker"));
        return needed && DockerDaemon.lacking().isEmpty()
                ? Optional.of(DockerDaemon.running().address())
                : Optional.empty();
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
        yard.web.stop();
        yard.close();
    }

    @TestFactory
    Stream<DynamicTest> scenarios() {
        return Scenario.wanted().stream()
                .map(scenario -> new Started(scenario, lacking(scenario)))
                .map(started ->
                        DynamicTest.dynamicTest(
                                started.scenario.toString(),
                                started.scenario.folder().toUri(),
                                started::judge))
                .toList()
                .stream();
    }

    /** A program that the scenario needs and that is not here. */
    private static Optional<String> lacking(Scenario scenario) {
        return scenario.needs().stream().filter(need -> !Programs.here(need)).findFirst();
    }

    /** One scenario on its way; the next ones do not wait for anybody to ask. */
    private static final class Started {
        private final Scenario scenario;
        private final Optional<String> lacking;
        private final Future<List<String>> problems;

        Started(Scenario scenario, Optional<String> lacking) {
            this.scenario = scenario;
            this.lacking = lacking;
            Callable<List<String>> play =
                    () ->
                            lacking.isPresent()
                                    ? List.of()
                                    : ScenarioPlay.problems(yard, scenario, seconds());
            this.problems = threads.submit(play);
        }

        private int seconds() {
            return scenario.awaits().isEmpty()
                    ? scenario.seconds()
                    : Math.min(scenario.seconds(), AWAITING_SECONDS);
        }

        void judge() throws InterruptedException {
            List<String> found;
            try {
                found = problems.get();
            } catch (ExecutionException e) {
                found = List.of(e.getCause().toString());
                if (scenario.awaits().isEmpty()) {
                    throw new AssertionError(scenario + " could not be played", e.getCause());
                }
            }
            assumeThat(lacking).as("needs what is not on this machine").isEmpty();
            if (scenario.awaits().isEmpty()) {
                assertThat(found).as(String.join("\n", found)).isEmpty();
            } else {
                assertThat(found)
                        .as(
                                "%s passes: take \"awaits\": \"%s\" out of its expect.json",
                                scenario, scenario.awaits())
                        .isNotEmpty();
            }
        }
    }

    /** What is on this machine. */
    private static final class Programs {
        static boolean here(String program) {
            return program.equals("docker") ? dockerAnswers() : onPath(program);
        }

        private static boolean onPath(String program) {
            return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        }

        private static boolean dockerAnswers() {
            return DockerDaemon.lacking().isEmpty();
        }
    }
}
