package dev.rondo.settings;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.web.Refusal;
import dev.rondo.web.Visit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes settings, with a record of who did. */
final class SettingsChange {
    private final ProjectSettings kept;
    private final Runnable changed;

    SettingsChange(ProjectSettings kept, Runnable changed) {
        this.kept = kept;
        this.changed = changed;
    }

    /**
     * An empty value sets back.
     *
     * @param project empty for the whole installation
     */
    void put(Visit visit, String project, Map<String, String> values) {
        String by = visit.caller().account();
        kept.spine()
                .store()
                .update(tx -> {
                    values.forEach((name, value) -> kept.values().put(tx, project, name, value));
                    kept.spine()
                            .journal()
                            .append(
                                    tx,
                                    new Draft(
                                            visit.project().name(),
                                            Subject.of("account", by),
                                            by,
                                            new Fact.AuditRecorded(
                                                    "building.settings.changed", project, values)));
                });
        changed.run();
    }

    /** A policy as it is kept; what is usual is left out. */
    static Map<String, String> values(ActionPolicy policy) {
        var values = new LinkedHashMap<String, String>();
        boolean all = policy.allowed() == ActionPolicy.Allowed.ALL;
        values.put(BuildingSettings.ALLOWED, all ? "" : policy.allowed().word());
        values.put(BuildingSettings.GITHUB_OWNED, policy.githubOwned() ? "" : "false");
        values.put(BuildingSettings.PATTERNS, String.join("\n", policy.patterns()));
        values.put(BuildingSettings.PINNED, policy.pinned() ? "true" : "");
        return values;
    }

    /** What is wrong with patterns. */
    static Optional<Refusal> refusal(List<String> patterns) {
        if (patterns.size() > Limits.ACTION_PATTERNS) {
            return Optional.of(
                    Refusal.of("building.settings.actions.many", Limits.ACTION_PATTERNS)
                            .at("patterns"));
        }
        return patterns.stream()
                .filter(one -> ActionPolicy.mistake(one).isPresent())
                .findFirst()
                .map(one -> Refusal.of("building.settings.actions.pattern", one).at("patterns"));
    }
}
