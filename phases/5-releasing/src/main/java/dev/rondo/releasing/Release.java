package dev.rondo.releasing;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import java.util.List;
import java.util.Optional;

/**
 * A release of a project.
 *
 * @param content what it is made of; never changes
 * @param environments where it may go by itself; known once it is published
 */
record Release(
        String id,
        String project,
        String version,
        ReleaseState state,
        String commit,
        String run,
        Content content,
        WayBack wayBack,
        Life life,
        List<String> environments) {

    /**
     * What a release is made of.
     *
     * @param why this version
     * @param problem why it cannot be published, found when it was drafted
     */
    record Content(
            List<Change> changes,
            Why why,
            List<Fact.Artifact> artifacts,
            List<Long> tickets,
            List<EnvironmentRule> rules,
            Optional<Why> problem) {

        Optional<EnvironmentRule> rule(String environment) {
            return rules.stream().filter(rule -> rule.name().equals(environment)).findFirst();
        }
    }

    /**
     * The rollback plan.
     *
     * @param to the version to go back to; empty where there is none before this one
     * @param steps what is to be done; empty stands for the usual steps
     */
    record WayBack(String to, String steps) {}

    /**
     * When what happened and who did it; times are microseconds, 0 for not yet.
     *
     * @param draftedSeq the event of the draft: cause of what follows
     */
    record Life(
            long draftedAt,
            long draftedSeq,
            long publishedAt,
            String publishedBy,
            String overrideReason,
            long endedAt,
            String endedReason) {}

    Subject subject() {
        return Subject.of("release", version);
    }

    String tag() {
        return "v" + version;
    }
}
