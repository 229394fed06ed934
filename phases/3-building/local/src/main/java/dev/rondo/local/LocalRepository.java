package dev.rondo.local;

import dev.rondo.git.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What lies in a folder of somebody's repository, as a commit of another repository that borrows
 * its objects. The repository itself is only read: neither its index nor its refs nor its objects
 * change.
 */
final class LocalRepository {
    private final Path top;
    private final Path git;

    private LocalRepository(Path top, Path git) {
        this.top = top;
        this.git = git;
    }

    /**
     * @throws LocalRun.Refused where the folder belongs to no repository
     */
    static LocalRepository at(Path folder) {
        String top = run(folder, Map.of(), "rev-parse", "--quiet", "--show-toplevel");
        if (top.isEmpty()) {
            throw new LocalRun.Refused(
                    folder
                            + " belongs to no git repository with files; a workflow runs on what git"
                            + " knows: git init is enough");
        }
        String git = run(folder, Map.of(), "rev-parse", "--absolute-git-dir");
        return new LocalRepository(Path.of(top), Path.of(git));
    }

    Path top() {
        return top;
    }

    /** The branch that is checked out; where there is none, a name that stands for it. */
    String branch() {
        String name =
                run(top, Map.of(), "rev-parse", "--abbrev-ref", "--verify", "--quiet", "HEAD");
        return name.isEmpty() || name.equals("HEAD") ? "main" : name;
    }

    /** Everything that is not ignored, committed to a branch of the other repository. */
    String commit(GitRepository to, Path temporary) {
        Path common = top.resolve(run(top, Map.of(), "rev-parse", "--git-common-dir"));
        Path objects = common.resolve("objects").normalize();
        try {
            Files.createDirectories(to.folder().resolve("objects/info"));
            Files.writeString(to.folder().resolve("objects/info/alternates"), objects + "\n");
            if (Files.exists(common.resolve("shallow"))) {
                Files.copy(common.resolve("shallow"), to.folder().resolve("shallow"));
            }
            Path index = temporary.resolve("index");
            if (Files.exists(git.resolve("index"))) {
                Files.copy(git.resolve("index"), index, StandardCopyOption.REPLACE_EXISTING);
            }
            var env =
                    Map.of(
                            "GIT_INDEX_FILE", index.toString(),
                            "GIT_OBJECT_DIRECTORY", to.folder().resolve("objects").toString(),
                            "GIT_ALTERNATE_OBJECT_DIRECTORIES", objects.toString());
            run(top, env, "add", "--all", ".");
            String tree = run(top, env, "write-tree");
            String head = run(top, env, "rev-parse", "--verify", "--quiet", "HEAD");
            String commit = head;
            if (head.isEmpty() || !run(top, env, "rev-parse", head + "^{tree}").equals(tree)) {
                var command =
                        new ArrayList<>(
                                List.of("commit-tree", tree, "-m", "The files as they are now"));
                if (!head.isEmpty()) {
                    command.addAll(List.of("-p", head));
                }
                commit = run(top, env, command.toArray(String[]::new));
            }
            refs(to, commit);
            return commit;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refs(GitRepository to, String commit) throws IOException {
        String own = "refs/heads/" + branch();
        var lines = new StringBuilder("# pack-refs with: \n");
        String known =
                run(
                        top,
                        Map.of(),
                        "for-each-ref",
                        "--format=%(objectname) %(refname)",
                        "refs/heads",
                        "refs/tags");
        known.lines()
                .filter(line -> !line.endsWith(" " + own))
                .forEach(line -> lines.append(line).append('\n'));
        Files.writeString(to.folder().resolve("packed-refs"), lines);
        Path ref = to.folder().resolve(own);
        Files.createDirectories(java.util.Objects.requireNonNull(ref.getParent()));
        Files.writeString(ref, commit + "\n");
    }

    private static String run(Path folder, Map<String, String> env, String... command) {
        var line =
                new ArrayList<>(
                        List.of(
                                "git",
                                "-c",
                                "user.name=Rondo",
                                "-c",
                                "user.email=rondo@localhost"));
        line.addAll(List.of(command));
        var builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().putAll(env);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            String said =
                    new String(
                                    process.getInputStream().readAllBytes(),
                                    java.nio.charset.StandardCharsets.UTF_8)
                            .strip();
            int code = process.waitFor();
            boolean asked = List.of(command).contains("--quiet");
            if (code != 0 && !asked) {
                throw new LocalRun.Refused(
                        "git %s failed in %s; is that folder in a repository?"
                                .formatted(command[0], folder));
            }
            return code == 0 ? said : "";
        } catch (IOException e) {
            throw new LocalRun.Refused("git is not on the PATH");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalRun.Refused("interrupted");
        }
    }
}
