package dev.rondo.building;

import dev.rondo.access.Projects;
import dev.rondo.git.GitRepository;
import dev.rondo.git.RefUpdate;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.kits.ground.Ground;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A project with its repository, pushed to as people do; says what coding would say. */
final class ScenarioRepository {
    private final Yard yard;
    private final String project;
    private final Path work;

    ScenarioRepository(Yard yard, String project) {
        this.yard = yard;
        this.project = project;
        this.work = folder();
        yard.spine
                .store()
                .update(tx ->
                        yard.spine
                                .access()
                                .projects()
                                .create(
                                        tx,
                                        yard.owner,
                                        new Projects.NewProject(project, project, "", "main")));
        yard.spine.repositories().create(project, "main");
        Ground.git(work, "init", "-q", "-b", "main");
        Ground.git(work, "config", "user.name", "Olga");
        Ground.git(work, "config", "user.email", "o@example.org");
        Ground.git(work, "remote", "add", "origin", bare().folder().toString());
    }

    private Path folder() {
        try {
            return Files.createDirectories(yard.data.resolve("people").resolve(project));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    GitRepository bare() {
        return yard.spine.repositories().find(project).orElseThrow();
    }

    /** Changes the working folder, on a branch that starts where the one before stood. */
    void write(String branch, Map<String, String> files, List<String> removed) {
        try {
            Ground.git(work, "checkout", "-q", "-B", branch);
            for (String path : removed) {
                Files.delete(work.resolve(path));
            }
            for (var file : files.entrySet()) {
                Path path = work.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
                if (file.getValue().startsWith("#!")) {
                    path.toFile().setExecutable(true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void checkout(String branch) {
        Ground.git(work, "checkout", "-q", branch);
    }

    void commit(String message) {
        Ground.git(work, "add", "-A");
        Ground.git(work, "commit", "-q", "--allow-empty", "-m", message);
    }

    /** Links another project of the yard, as it is at its default branch. */
    void submodule(String path, String other) {
        String commit =
                yard.spine.repositories().find(other).orElseThrow().resolve("main").orElseThrow();
        try {
            Files.createDirectories(work.resolve(path));
            Files.writeString(
                    work.resolve(".gitmodules"),
                    "[submodule \"%1$s\"]\n\tpath = %1$s\n\turl = ../%2$s.git\n"
                            .formatted(path, other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Ground.git(work, "update-index", "--add", "--cacheinfo", "160000," + commit + "," + path);
    }

    /** Moves a ref of the project to what is checked out, and says nothing. */
    void move(String ref) {
        Ground.git(work, "push", "-q", "--force", "origin", "HEAD:" + ref);
    }

    /** Moves a ref and says so; gives the event's place in the journal. */
    long push(String ref) {
        String before = bare().refTarget(ref).orElse(RefUpdate.NONE);
        move(ref);
        return say(ref, before, bare().refTarget(ref).orElseThrow());
    }

    long delete(String ref) {
        String before = bare().refTarget(ref).orElseThrow();
        Ground.git(work, "push", "-q", "origin", ":" + ref);
        return say(ref, before, RefUpdate.NONE);
    }

    private long say(String ref, String before, String after) {
        var commits = new ArrayList<Fact.Commit>();
        if (!after.equals(RefUpdate.NONE) && ref.startsWith("refs/heads/")) {
            var commit = bare().commit(bare().resolve(after).orElseThrow());
            commits.add(
                    new Fact.Commit(
                            commit.id(),
                            commit.subject(),
                            "Olga",
                            "o@example.org",
                            0,
                            List.of(),
                            List.of()));
        }
        var fact =
                new Fact.ChangePushed(
                        project, ref, before, after, ref.equals("refs/heads/main"), false, commits);
        String about = after.equals(RefUpdate.NONE) ? before : after;
        return yard.spine
                .store()
                .write(tx ->
                        yard.spine
                                .journal()
                                .append(
                                        tx,
                                        new Draft(
                                                project,
                                                Subject.of("change", about),
                                                "olga",
                                                fact)))
                .seq();
    }
}
