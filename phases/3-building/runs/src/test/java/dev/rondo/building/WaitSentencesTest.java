package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.ground.Surf;
import dev.rondo.settings.Environment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever looks at a job that does not begin reads why, in a sentence. There is one place. */
final class WaitSentencesTest {
    private static final String RUNS = "/projects/shop/building/runs/";
    private static final String LONG = "runs-on: x, steps: [{run: 'echo began; sleep 60'}]";

    private Yard yard;
    private Surf surf;

    @BeforeEach
    void start() {
        yard = new Yard(Yard.temporary(), 1).start();
        surf = new Surf(yard.spine, yard.web);
    }

    @AfterEach
    void stop() {
        yard.web.stop();
        yard.close();
    }

    @Test
    void jobThatWaitsForAFreePlaceSaysSo() throws Exception {
        yard.workflow("on: push\njobs: {a: {" + LONG + "}, b: {" + LONG + "}}\n");
        awaitSentence(1, "Waits for a free place.");
        assertThat(german(1)).contains("Wartet auf einen freien Platz.");
        // Of the two one runs: its row says nothing of a place.
        assertThat(surf.get(RUNS + 1).split("Waits for a free place\\.", -1)).hasSize(2);
        cancel(1);
        assertThat(surf.get(RUNS + 1)).doesNotContain("Waits for");
    }

    @Test
    void runOfAGroupThatIsTakenSaysWhoHoldsIt() throws Exception {
        var grouped = "on: push\nconcurrency: Deploy\njobs: {a: {" + LONG + "}}\n";
        yard.workflow(grouped);
        awaitBegan(1);
        yard.workflow(grouped + "# again\n");
        awaitSentence(2, "Waits for the concurrency group Deploy, which #1 holds.");
        assertThat(german(2)).contains("Wartet auf die Gruppe Deploy, die #1 hält.");
        cancel(2);
        cancel(1);
    }

    @Test
    void jobForNobodySaysWhichLabelsAreMissing() throws Exception {
        yard.workflow(
                "on: push\njobs: {a: {runs-on: [self-hosted, moon], steps: [{run: 'true'}]}}");
        awaitSentence(1, "Waits for a runner with the labels self-hosted, moon: none of this");
        assertThat(german(1)).contains("mit den Etiketten self-hosted, moon");
        cancel(1);
    }

    @Test
    void jobBehindATimerSaysUntilWhen() throws Exception {
        var environments = yard.phase().shop().settings().environments();
        environments.create(Yard.PROJECT, "Prod", "olga");
        environments.save(
                Yard.PROJECT,
                new Environment("prod", "Prod", List.of(), false, false, 30, List.of()),
                "olga");
        yard.workflow("on: push\njobs: {a: {environment: Prod, " + LONG + "}}\n");
        awaitSentence(1, "Waits for the timer of Prod, until ");
        assertThat(surf.get(RUNS + 1))
                .containsPattern("until [^<]*[0-9]{4}[^<]*[0-9]{1,2}:[0-9]{2}[^<]*\\.")
                .doesNotContain("Waits for a free place.");
        assertThat(german(1)).contains("Wartet auf die Wartezeit von Prod, bis ");
        cancel(1);
    }

    private void awaitSentence(long number, String sentence) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(AssertionError.class)
                .untilAsserted(() -> assertThat(surf.get(RUNS + number)).contains(sentence));
    }

    private void awaitBegan(long number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        yard.maybeRun(number)
                                .map(run -> yard.log(run, "a").contains("\nbegan"))
                                .orElse(false));
    }

    private void cancel(long number) {
        yard.phase().orders().cancel(yard.run(number), "olga");
        yard.finished(number);
    }

    private String german(long number) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + yard.web.port() + RUNS + number);
        var request =
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "token " + surf.token())
                        .header("Accept-Language", "de")
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
