package dev.rondo.git;

import dev.rondo.git.GitFailure.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts a commit's files into a folder. */
public final class WorkTrees {

    /** It lives as long as a job: nothing needs to outlast a crash, and all was checked once. */
    private static final String LENT =
            """
            [core]
                fsync = none
            [fetch]
                fsckObjects = false
            [uploadpack]
                allowFilter = true
                allowAnySHA1InWant = true
            """;

    private final NativeGit git;
    private final Path repository;

    WorkTrees(NativeGit git, Path repository) {
        this.git = git;
        this.repository = repository;
    }

    /**
     * A clone of its own in {@code folder}, which shares nothing with the repository, at this
     * commit.
     *
     * @param ref full name of the branch or tag that the commit was reached by: a branch is checked
     *     out by name, all else leaves a detached head
     * @param depth how many commits of history; 0 for all
     * @param origin what {@code git remote} shows; empty for none
     */
    public void checkout(String commit, String ref, Path folder, int depth, String origin) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new GitFailure(Category.BROKEN, "cannot make " + folder, e);
        }
        git.run(folder, "init", "--quiet", "--template=", ".");
        boolean branch = ref.startsWith("refs/heads/");
        String name = ref.replaceFirst("^refs/(heads|tags)/", "");
        String kept = branch ? "refs/remotes/origin/" + name : ref;
        var fetch =
                new ArrayList<>(List.of("fetch", "--quiet", "--no-tags", "--no-write-fetch-head"));
        if (depth > 0) {
            fetch.add("--depth=" + depth);
        }
        fetch.add("file://" + repository);
        fetch.add("+" + commit + ":" + kept);
        git.run(folder, fetch.toArray(String[]::new));
        if (branch) {
            git.run(folder, "checkout", "--quiet", "--force", "-B", name, commit);
        } else {
            git.run(folder, "checkout", "--quiet", "--force", "--detach", commit);
        }
        if (!origin.isEmpty()) {
            git.run(folder, "remote", "add", "origin", origin);
        }
    }

    /**
     * Copies refs into a bare repository of its own, from which somebody else may fetch. It shares
     * nothing with this one.
     *
     * @param refs as {@code <ref or commit>:<ref>}
     * @param depth how many commits of history; 0 for all
     */
    public void lend(Path folder, List<String> refs, int depth) {
        try {
            Files.createDirectories(folder);
            git.run(folder, "init", "--quiet", "--bare", "--template=", ".");
            Files.writeString(folder.resolve("config"), LENT, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new GitFailure(Category.BROKEN, "cannot make " + folder, e);
        }
        var fetch =
                new ArrayList<>(List.of("fetch", "--quiet", "--no-tags", "--no-write-fetch-head"));
        if (depth > 0) {
            fetch.add("--depth=" + depth);
        }
        fetch.add("file://" + repository);
        refs.forEach(ref -> fetch.add("+" + ref));
        git.run(folder, fetch.toArray(String[]::new));
    }

    /**
     * The files alone, without any history, where they have no more bytes than that.
     *
     * @throws GitFailure of category LIMIT where they have
     */
    public void export(String commit, Path folder, long maxBytes) {
        long bytes = bytes(git.run(repository, "ls-tree", "-r", "-l", "-z", commit));
        if (bytes > maxBytes) {
            throw new GitFailure(
                    Category.LIMIT,
                    "it has %d MiB of files, and may have %d"
                            .formatted(bytes >> 20, maxBytes >> 20));
        }
        export(commit, folder);
    }

    /** What {@code ls-tree -l} says in its fourth column, all together. */
    private static long bytes(String listing) {
        long bytes = 0;
        for (String line : listing.split("\0", -1)) {
            String[] words = line.split(" +|\t", 5);
            if (words.length == 5 && words[1].equals("blob")) {
                bytes += Long.parseLong(words[3]);
            }
        }
        return bytes;
    }

    /** The files alone, without any history. */
    public void export(String commit, Path folder) {
        try {
            Files.createDirectories(folder);
            Path index = Files.createTempFile(git.spool(), "index", null);
            Files.delete(index);
            try {
                var env = Map.of("GIT_INDEX_FILE", index.toString());
                git.run(repository, env, "read-tree", commit);
                git.run(
                        repository,
                        env,
                        "--work-tree=" + folder.toAbsolutePath(),
                        "checkout-index",
                        "--all",
                        "--force",
                        "--prefix=" + folder.toAbsolutePath() + "/");
            } finally {
                Files.deleteIfExists(index);
            }
        } catch (IOException e) {
            throw new GitFailure(Category.BROKEN, "cannot write " + folder, e);
        }
    }
}
