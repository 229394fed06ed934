package dev.rondo.settings.view;

/**
 * Which actions a project's workflows may use.
 *
 * @param allowed all, local_only or selected
 * @param patterns one a line
 */
public record PolicyView(
        boolean enabled, String allowed, boolean githubOwned, String patterns, boolean pinned) {}
