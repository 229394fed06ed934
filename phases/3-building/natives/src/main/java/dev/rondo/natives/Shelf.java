package dev.rondo.natives;

import dev.rondo.git.GitRepository;
import java.util.Optional;

/** The repositories that a job may read. */
@FunctionalInterface
public interface Shelf {

    /**
     * @param repository as a workflow writes it: {@code owner/name}
     * @return empty where there is none of that name, or where the job may not read it
     */
    Optional<GitRepository> find(String repository);
}
