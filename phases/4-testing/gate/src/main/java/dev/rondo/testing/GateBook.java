package dev.rondo.testing;

import dev.rondo.testing.reports.Severity;
import dev.rondo.testing.reports.Unreadable;
import java.util.ArrayList;
import java.util.List;

/** The rules that hold for a project now, in words. */
final class GateBook {
    private final Changes changes;

    GateBook(Changes changes) {
        this.changes = changes;
    }

    /**
     * @param commit head of the default branch, or empty where nothing was pushed yet
     * @param source text of the settings file, or empty
     * @param problem with its place, or empty
     * @param rules as sentences; none where the file cannot be read
     */
    record Said(String commit, String source, String problem, List<String> rules) {}

    Said of(String project, String branch, Sentences say) {
        var commit = changes.head(project, "refs/heads/" + branch).orElse("");
        var source =
                commit.isEmpty()
                        ? ""
                        : changes.settings(project, commit, GateRules.FILE).orElse("");
        try {
            return new Said(commit, source, "", sentences(GateRules.parse(source), say));
        } catch (Unreadable e) {
            var problem =
                    GateRules.FILE
                            + ":"
                            + ReportOutput.place(e.problem())
                            + " "
                            + say.say(e.problem());
            return new Said(commit, source, problem, List.of());
        }
    }

    private static List<String> sentences(GateRules rules, Sentences say) {
        var all = new ArrayList<String>();
        all.add(say.say("testing.rule.run"));
        all.add(
                say.say(
                        rules.toleratesOldFailures()
                                ? "testing.rule.tests.fresh"
                                : "testing.rule.tests.all"));
        if (rules.atLeast() > 0) {
            all.add(say.say("testing.rule.tests.least", rules.atLeast()));
        } else {
            all.add(say.say("testing.rule.tests.none"));
        }
        rules.atLeastByLevel()
                .forEach((level, least) ->
                        all.add(say.say("testing.rule.tests.least." + level.word(), least)));
        rules.changedLines()
                .ifPresent(percent ->
                        all.add(say.say("testing.rule.changed", percent, rules.changedFrom())));
        rules.total().ifPresent(percent -> all.add(say.say("testing.rule.total", percent)));
        rules.newFindings()
                .map(Severity::word)
                .ifPresent(word -> all.add(say.say("testing.rule.findings." + word)));
        return all;
    }
}
