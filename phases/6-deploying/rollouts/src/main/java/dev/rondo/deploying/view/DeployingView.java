package dev.rondo.deploying.view;

import java.util.List;

/**
 * The overview of a project.
 *
 * @param problem what is wrong with the delivery file of the default branch, or empty
 * @param deployable versions that can be deployed, newest first
 * @param places service and environment, as {@code shop/production}
 */
public record DeployingView(
        List<EnvironmentView> environments,
        List<RolloutView> recent,
        String problem,
        List<String> deployable,
        List<String> places) {}
