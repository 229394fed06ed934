package dev.rondo.events;

import dev.rondo.access.Project;
import dev.rondo.git.GitRepository;
import dev.rondo.journal.Subject;
import dev.rondo.web.Links;
import java.net.URI;

/**
 * Where something happened.
 *
 * @param server where people reach this Rondo
 * @param owner GitHub's names have one
 */
public record Scene(
        URI server, String owner, Project project, GitRepository repository, Links links) {

    /** Where people see it; the project's page where no phase shows it. */
    String page(String kind, String id) {
        return links.url(project.name(), Subject.of(kind, id))
                .map(path -> server + path)
                .orElseGet(this::home);
    }

    String home() {
        return server + "/projects/" + project.name();
    }

    String api(String path) {
        return server + "/api/v3/repos/" + fullName() + path;
    }

    String fullName() {
        return owner + "/" + project.name();
    }

    String defaultRef() {
        return "refs/heads/" + project.defaultBranch();
    }

    /** A number for what Rondo knows by name: the same for the same name. */
    public static long number(String name) {
        return Shape.number(name);
    }
}
