package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Writes {@code docs/workflows.md} and demands that it is not stale. A row works if a scenario
 * proves it that awaits nothing; {@code ScenariosTest} sees to it that such a scenario passes.
 */
final class WorkflowsPageTest {
    private static final Path PAGE = Path.of("../../../docs/workflows.md");
    private static final int MOST_LINKS = 4;
    private static final Set<String> SHOWN = Set.of("checked", "needs docker");

    private final Map<String, Set<String>> sections = PageRows.all();
    private final Map<String, List<Scenario>> proofs = proofs();

    private static Map<String, List<Scenario>> proofs() {
        var proofs = new TreeMap<String, List<Scenario>>();
        for (Scenario scenario : Scenario.all()) {
            for (String row : scenario.proves()) {
                proofs.computeIfAbsent(row, r -> new ArrayList<>()).add(scenario);
            }
        }
        return proofs;
    }

    @Test
    void everyProofIsOfARow() {
        var rows = sections.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        var unknown = new TreeSet<>(proofs.keySet());
        unknown.removeAll(rows);
        assertThat(unknown).as("\"proves\" of scenarios that no row is called").isEmpty();
    }

    @Test
    void thePageSaysWhatTheScenariosProve() throws IOException {
        String page = page();
        if (Boolean.getBoolean("workflows.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("docs/workflows.md is stale: -Dtest=WorkflowsPageTest -Dworkflows.write=true")
                .isEqualTo(page);
    }

    private String page() {
        var page = new StringBuilder();
        page.append(
                """
                # Workflows: what works

                Made by `WorkflowsPageTest` from the schemas of workflow and action files and from the
                scenarios in `phases/3-building/runs/src/test/resources/scenarios`; do not edit. A row
                **works** where a scenario proves it that passes in every build; it works *partly* where another
                one awaits something, and *not yet* where all that try it do. *Needs docker* means that the
                scenarios run only where such a program is; *checked*, that mistakes in it are shown to be reported; *never*, that it means nothing in Rondo, which the
                page of a workflow or the mistake says. A row without a scenario claims nothing: the key is
                read and checked as on GitHub, but nobody has shown what it does.

                """);
        long works = 0;
        long shown = 0;
        long never = 0;
        long rows = 0;
        var body = new StringBuilder();
        for (var section : sections.entrySet()) {
            body.append("## ").append(section.getKey()).append("\n\n");
            body.append("| what | state | scenarios |\n|---|---|---|\n");
            for (String row : section.getValue()) {
                List<Scenario> tried = tried(row);
                String state =
                        NeverHere.why(row)
                                .map(why -> "never: " + why)
                                .orElseGet(() -> state(tried));
                rows++;
                works += state.equals("works") ? 1 : 0;
                shown += SHOWN.contains(state) ? 1 : 0;
                never += state.startsWith("never") ? 1 : 0;
                body.append("| ")
                        .append(shown(row))
                        .append(" | ")
                        .append(state)
                        .append(" | ")
                        .append(links(tried))
                        .append(" |\n");
            }
            body.append('\n');
        }
        page.append(works).append(" of ").append(rows).append(" rows work, ");
        page.append(shown).append(" more are shown another way, ");
        page.append(never).append(" mean nothing here; ");
        List<Scenario> all = Scenario.all();
        page.append(all.stream().filter(s -> s.awaits().isEmpty()).count())
                .append(" of ")
                .append(all.size())
                .append(" scenarios await nothing.\n\n");
        return page.append(body.toString().strip()).append('\n').toString();
    }

    /** A key that holds others is shown by what shows those. */
    private List<Scenario> tried(String row) {
        List<Scenario> own = proofs.getOrDefault(row, List.of());
        if (!own.isEmpty() || row.contains(" ")) {
            return own;
        }
        return proofs.entrySet().stream()
                .filter(proof -> proof.getKey().startsWith(row + "."))
                .flatMap(proof -> proof.getValue().stream())
                .distinct()
                .toList();
    }

    private static boolean invalid(Scenario scenario) {
        return scenario.expect().path("conclusion").asString("").equals("invalid");
    }

    private static String state(List<Scenario> tried) {
        if (tried.isEmpty()) {
            return "";
        }
        List<Scenario> good = tried.stream().filter(s -> s.awaits().isEmpty()).toList();
        if (good.isEmpty()) {
            return "not yet: "
                    + tried.stream()
                            .map(Scenario::awaits)
                            .distinct()
                            .limit(2)
                            .collect(Collectors.joining(", "));
        }
        if (good.stream().allMatch(s -> s.needs().contains("docker"))) {
            return "needs docker";
        }
        if (good.stream().allMatch(WorkflowsPageTest::invalid)) {
            return "checked";
        }
        return good.size() == tried.size()
                ? "works"
                : "partly: awaits "
                        + tried.stream()
                                .map(Scenario::awaits)
                                .filter(word -> !word.isEmpty())
                                .distinct()
                                .limit(2)
                                .collect(Collectors.joining(", "));
    }

    private static String shown(String row) {
        String name =
                row.startsWith("jobs.")
                        ? "jobs.<job_id>." + row.substring(5)
                        : row.startsWith("steps.")
                                ? "jobs.<job_id>.steps[*]." + row.substring(6)
                                : row;
        int space = name.indexOf(' ');
        boolean kind =
                space > 0
                        && Set.of(
                                        "event",
                                        "function",
                                        "context",
                                        "command",
                                        "file",
                                        "variable",
                                        "action")
                                .contains(name.substring(0, space));
        return kind
                ? name.substring(0, space) + " `" + name.substring(space + 1) + "`"
                : name.contains(".") || !name.contains(" ") ? "`" + name + "`" : name;
    }

    private static String links(List<Scenario> tried) {
        var first =
                tried.stream()
                        .sorted((a, b) -> a.awaits().length() - b.awaits().length())
                        .limit(MOST_LINKS)
                        .map(Scenario::toString)
                        .collect(Collectors.joining(", "));
        return tried.size() > MOST_LINKS ? first + " and " + (tried.size() - MOST_LINKS) : first;
    }
}
