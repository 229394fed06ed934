package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pairs of a workflow and what is expected of it, run by the real engine in the real sandbox. */
final class ScenariosTest {
    private static final Path FOLDER = Path.of("src/test/resources/scenarios");
    private static Yard yard;
    private static long number;

    @BeforeAll
    static void start() {
        yard = new Yard().start();
    }

    @AfterAll
    static void stop() {
        yard.close();
    }

    static Stream<String> scenarios() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void workflowDoesWhatIsExpected(String name) throws IOException {
        yard.workflow(Files.readString(FOLDER.resolve(name + ".yaml")));
        Run run = yard.finished(++number);
        JsonNode expected =
                JsonMapper.shared().readTree(Files.readString(FOLDER.resolve(name + ".json")));
        var logs = new StringBuilder();
        yard.jobs(run).forEach(job -> logs.append(yard.log(run, job.id())));
        assertThat(run.progress().outcome())
                .as(run.progress().message() + "\n" + logs)
                .isEqualTo(expected.get("outcome").stringValue());
        if (expected.has("message")) {
            assertThat(run.progress().message()).contains(expected.get("message").stringValue());
        }
        expected.path("jobs")
                .properties()
                .forEach(entry ->
                        assertThat(yard.job(run, entry.getKey()).outcome())
                                .isEqualTo(entry.getValue().stringValue()));
        expected.path("names")
                .properties()
                .forEach(entry ->
                        assertThat(yard.job(run, entry.getKey()).name())
                                .isEqualTo(entry.getValue().stringValue()));
        expected.path("log")
                .properties()
                .forEach(entry -> {
                    List<String> lines = lines(run, entry.getKey());
                    for (JsonNode line : entry.getValue()) {
                        String wanted = line.stringValue();
                        assertThat(lines).anyMatch(one -> one.startsWith(wanted));
                    }
                });
        expected.path("not")
                .properties()
                .forEach(entry -> {
                    for (JsonNode line : entry.getValue()) {
                        assertThat(lines(run, entry.getKey())).doesNotContain(line.stringValue());
                    }
                });
    }

    private static List<String> lines(Run run, String job) {
        return yard.log(run, job).lines().toList();
    }
}
