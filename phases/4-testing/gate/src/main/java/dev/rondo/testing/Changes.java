package dev.rondo.testing;

import dev.rondo.git.Blob;
import dev.rondo.git.ChangedPath;
import dev.rondo.git.Diff;
import dev.rondo.git.GitFailure;
import dev.rondo.git.GitRepository;
import dev.rondo.git.RefUpdate;
import dev.rondo.git.Repositories;
import dev.rondo.testing.reports.Lines;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What testing asks the repository: settings at a commit, its files, and which lines changed. */
final class Changes {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final int MOST_PATHS = 200_000;
    private static final int SOURCE_BYTES = 1 << 20;
    private static final Diff.Limits LIMITS = new Diff.Limits(3000, 2 << 20, 100_000, 1_000_000);

    private final Repositories repositories;

    Changes(Repositories repositories) {
        this.repositories = repositories;
    }

    /** The text of a settings file at a commit; empty where there is none. */
    Optional<String> settings(String project, String commit, String path) {
        return repository(project)
                .flatMap(git -> quietly(() -> git.file(commit, path, YamlNode.BYTES + 1)))
                .map(Blob::text);
    }

    /** A source file at a commit, as far as a page shows it; empty for what is no text. */
    Optional<String> source(String project, String commit, String path) {
        return repository(project)
                .flatMap(git -> quietly(() -> git.file(commit, path, SOURCE_BYTES)))
                .filter(blob -> !blob.binary())
                .map(Blob::text);
    }

    /** The commit that a ref stands at now. */
    Optional<String> head(String project, String ref) {
        return repository(project).flatMap(git -> git.resolve(ref));
    }

    /** All files of a commit. */
    List<String> paths(String project, String commit) {
        return repository(project)
                .flatMap(git ->
                        quietly(() ->
                                Optional.of(git.changedPaths(RefUpdate.NONE, commit, MOST_PATHS))))
                .orElse(List.of())
                .stream()
                .map(ChangedPath::path)
                .toList();
    }

    /**
     * The commit that a run's changes are measured from: on a branch, where it left the default
     * branch; on the default branch, what the push replaced, or else the first parent.
     *
     * @param before what the push replaced, as its event says, or empty
     */
    Optional<String> base(Run run, Optional<String> before) {
        return repository(run.key().project())
                .flatMap(git -> quietly(() -> base(git, run, before)));
    }

    private static Optional<String> base(GitRepository git, Run run, Optional<String> before) {
        if (!run.defaultBranch()) {
            var fork =
                    git.resolve(git.defaultBranch())
                            .flatMap(head -> git.mergeBase(head, run.commit()))
                            .filter(commit -> !commit.equals(run.commit()));
            if (fork.isPresent()) {
                return fork;
            }
        }
        var replaced =
                before.filter(commit -> !commit.equals(RefUpdate.NONE)).flatMap(git::resolve);
        if (replaced.isPresent()) {
            return replaced;
        }
        return git.commit(run.commit()).parents().stream().findFirst();
    }

    /** Lines that are new or different since the base, by path. */
    Map<String, Lines> lines(String project, String base, String commit) {
        return repository(project)
                .flatMap(git -> quietly(() -> Optional.of(git.diff(base, commit, LIMITS))))
                .map(Changes::lines)
                .orElse(Map.of());
    }

    private static Map<String, Lines> lines(Diff diff) {
        var lines = new HashMap<String, Lines>();
        for (var file : diff.files()) {
            var changed = new BitSet();
            for (var hunk : file.hunks()) {
                for (var line : hunk.lines()) {
                    if (line.kind() == '+') {
                        changed.set(line.newNumber());
                    }
                }
            }
            if (!file.newPath().isEmpty() && !changed.isEmpty()) {
                lines.put(file.newPath(), Lines.of(changed));
            }
        }
        return lines;
    }

    private Optional<GitRepository> repository(String project) {
        return repositories.find(project);
    }

    private interface Question<T> {
        Optional<T> ask();
    }

    /** A commit that is gone, say after a forced push, has no settings and no changes. */
    private static <T> Optional<T> quietly(Question<T> question) {
        try {
            return question.ask();
        } catch (GitFailure e) {
            if (e.category() != GitFailure.Category.ABSENT) {
                LOG.warn("the repository cannot answer: {}", e.getMessage());
            }
            return Optional.empty();
        }
    }
}
