package dev.rondo.deploying.view;

import java.util.List;

/**
 * What this phase shows beside a release.
 *
 * @param problem why it cannot be deployed at all, or empty
 * @param environments where it can be sent now
 */
public record ReleaseView(
        String version,
        String service,
        List<RolloutView> rollouts,
        List<String> environments,
        String problem) {}
