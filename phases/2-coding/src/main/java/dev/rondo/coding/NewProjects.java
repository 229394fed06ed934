package dev.rondo.coding;

import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.Project;
import dev.rondo.access.Projects;
import dev.rondo.access.Projects.NewProject;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Subject;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;

/** Makes projects: the project, its repository, and the events of both. */
final class NewProjects {

    private static final int LONGEST_TEXT = 2000;

    private final Store store;
    private final Journal journal;
    private final Projects projects;
    private final ProjectRepositories repositories;

    NewProjects(Store store, Journal journal, Projects projects, ProjectRepositories repositories) {
        this.store = store;
        this.journal = journal;
        this.projects = projects;
        this.repositories = repositories;
    }

    Outcome<Project> create(Caller by, NewProject wanted) {
        if (!goodBranch(wanted.defaultBranch())) {
            return Outcome.refused("coding.project.branch", "branch");
        }
        if (wanted.title().length() > 100) {
            return Outcome.refused("coding.project.long", "title", 100);
        }
        if (wanted.description().length() > LONGEST_TEXT) {
            return Outcome.refused("coding.project.long", "description", LONGEST_TEXT);
        }
        Outcome<Project> outcome = store.write(tx -> create(tx, by, wanted));
        if (outcome instanceof Outcome.Done<Project> done) {
            repositories.of(done.value());
        }
        return outcome;
    }

    private static boolean goodBranch(String branch) {
        return RefRules.refusal("refs/heads/" + branch).isEmpty()
                && org.eclipse.jgit.lib.Repository.isValidRefName("refs/heads/" + branch);
    }

    private Outcome<Project> create(Tx tx, Caller by, NewProject wanted) {
        return switch (projects.create(tx, by, wanted)) {
            case Outcome.Refused<Projects.Created> refused ->
                    Outcome.refused(refused.key(), refused.field(), refused.args().toArray());
            case Outcome.Done<Projects.Created> done -> {
                var project = done.value().project();
                journal.append(
                        tx,
                        new Draft(
                                project.name(),
                                Subject.of("repository", project.name()),
                                by.account(),
                                new Fact.RepositoryCreated(
                                        project.name(), project.defaultBranch())),
                        done.value().event());
                yield Outcome.done(project);
            }
        };
    }
}
