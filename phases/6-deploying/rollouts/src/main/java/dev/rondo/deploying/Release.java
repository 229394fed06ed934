package dev.rondo.deploying;

import dev.rondo.journal.Fact.Artifact;
import java.util.List;
import java.util.Set;

/**
 * A published release as this phase heard of it.
 *
 * @param environments those that releasing said it may go to
 * @param event the publication
 * @param recalled why it may not be deployed any more, or empty
 */
record Release(
        String project,
        String version,
        String commit,
        List<Artifact> artifacts,
        List<Long> tickets,
        Set<String> environments,
        long event,
        String recalled) {}
