package dev.rondo.coding;

import dev.rondo.access.Project;
import dev.rondo.git.GitRepository;
import dev.rondo.git.Repositories;

/** The repository of each project. */
record ProjectRepositories(Repositories repositories) {

    /**
     * Made where it is not there yet: a project is a row in the database first, and Rondo may have
     * been killed before the folder was made.
     */
    GitRepository of(Project project) {
        return repositories
                .find(project.name())
                .orElseGet(() -> repositories.create(project.name(), project.defaultBranch()));
    }
}
