package dev.rondo.jobs;

import dev.rondo.actions.Command;
import dev.rondo.actions.ProblemMatcher;
import dev.rondo.actions.ProblemMatchers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files of problem matchers, and the files that their annotations name. */
final class MatcherFiles {
    private final JobFolders folders;
    private final InsideNames containers;
    private final InsideNames actions;

    private final Set<Path> asked = new HashSet<>();

    MatcherFiles(JobFolders folders, String repository) {
        this.folders = folders;
        this.containers = InsideNames.ofJob(folders, repository);
        this.actions = InsideNames.ofAction(folders);
    }

    sealed interface Reading {}

    record Found(List<ProblemMatcher> matchers) implements Reading {}

    record Missing(String why) implements Reading {}

    /** Reads one in the workspace, in a folder of an action or in the temporary folder. */
    Reading read(String written) {
        Path file = folders.work().resolve(outside(written.strip())).normalize();
        for (Path root : List.of(folders.work(), folders.actions(), folders.temp())) {
            if (file.startsWith(root) && !file.equals(root)) {
                return read(root, root.relativize(file).toString());
            }
        }
        return new Missing("The matcher file '%s' is outside of the job".formatted(written));
    }

    /** Steps in containers call the folders otherwise. */
    private String outside(String path) {
        return containers.outside(actions.outside(path));
    }

    private Reading read(Path root, String path) {
        try {
            String text =
                    folders.tree(root)
                            .read(
                                    path,
                                    in ->
                                            new String(
                                                    in.readNBytes(Limits.MATCHER_FILE_BYTES),
                                                    StandardCharsets.UTF_8));
            return switch (ProblemMatcher.read(text)) {
                case ProblemMatcher.Reading.Good good -> new Found(good.matchers());
                case ProblemMatcher.Reading.Bad bad -> new Missing(path + ": " + bad.why());
            };
        } catch (IOException e) {
            return new Missing("The matcher file '%s' cannot be read".formatted(path));
        }
    }

    /** With a file only where there is such a file in the workspace. */
    Annotation annotation(ProblemMatchers.Annotation found, String level) {
        int line = found.line().orElse(0);
        int column = found.column().orElse(0);
        Optional<String> file = inWorkspace(found.file());
        return new Annotation(
                level,
                "",
                found.message(),
                new Annotation.Place(file.orElse(""), line, line, column, column));
    }

    /** Of {@code ::error}, {@code ::warning} or {@code ::notice}; a file need not be there. */
    Annotation annotation(Command command) {
        String file = command.property("file");
        if (file.startsWith(folders.work() + "/")) {
            file = file.substring(folders.work().toString().length() + 1);
        }
        return new Annotation(
                command.name(),
                command.property("title"),
                command.data(),
                new Annotation.Place(
                        file,
                        number(command, "line"),
                        number(command, "endLine"),
                        number(command, "col"),
                        number(command, "endColumn")));
    }

    private static int number(Command command, String name) {
        String text = command.property(name);
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    private Optional<String> inWorkspace(String file) {
        if (file.isBlank() || file.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        Path path = folders.work().resolve(outside(file)).normalize();
        if (path.startsWith(folders.work()) && asked.add(path)) {
            folders.mirror().bring(path);
        }
        return path.startsWith(folders.work())
                        && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(folders.work().relativize(path).toString())
                : Optional.empty();
    }
}
