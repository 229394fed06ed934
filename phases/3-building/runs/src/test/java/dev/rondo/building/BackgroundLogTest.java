package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.ground.Surf;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page of a log makes of steps that ran beside each other. */
final class BackgroundLogTest {

    @Test
    void linesOfStepsInTheBackgroundSayWhoseTheyAreAndGroupsDoNotMix() {
        try (var yard = new Yard().start()) {
            var surf = new Surf(yard.spine, yard.web);
            yard.workflow(
                    """
                    on: push
                    jobs:
                      a:
                        runs-on: x
                        steps:
                          - name: Server
                            id: server
                            background: true
                            run: |
                              echo "::group::Boot"
                              echo serving; touch up
                              while ! test -e asked; do sleep 0.05; done
                              echo answered; touch done
                              echo "::endgroup::"
                          - name: Client
                            run: |
                              while ! test -e up; do sleep 0.05; done
                              echo asking; touch asked
                              while ! test -e done; do sleep 0.05; done
                          - wait: server
                          - name: Alone
                            run: echo alone
                    """);
            assertThat(yard.finished(1).progress().outcome()).isEqualTo("success");
            String job = "/projects/shop/building/runs/1/jobs/a";
            JsonNode lines = JsonMapper.shared().readTree(surf.get(job + "/lines")).get("lines");
            assertThat(texts(lines))
                    .contains("Server │ serving", "Server │ answered", "asking", "alone")
                    .containsSubsequence("Server │ serving", "asking", "Server │ answered");
            JsonNode groups =
                    JsonMapper.shared().readTree(surf.get(job + "/outline")).get("groups");
            assertThat(groups).isNotEmpty();
            for (JsonNode group : groups) {
                String first = whose(lines.get(group.get(0).asInt()));
                for (int i = group.get(0).asInt(); i <= group.get(1).asInt(); i++) {
                    assertThat(whose(lines.get(i))).isEqualTo(first);
                }
            }
            yard.web.stop();
        }
    }

    private static List<String> texts(JsonNode lines) {
        return lines.valueStream()
                .map(line -> {
                    var text = new StringBuilder();
                    line.get("pieces").forEach(piece -> text.append(piece.get("text").asString()));
                    return text.toString();
                })
                .toList();
    }

    private static String whose(JsonNode line) {
        String first = line.at("/pieces/0/text").asString("");
        return first.endsWith("│ ") ? first : "";
    }
}
