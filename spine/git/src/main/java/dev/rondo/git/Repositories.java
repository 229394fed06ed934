package dev.rondo.git;

import dev.rondo.git.GitFailure.Category;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A folder of bare repositories, in folders of folders if one likes, and all that is done with
 * them. One object for the whole server; safe for any number of threads.
 */
public final class Repositories implements AutoCloseable {

    private static final int KEPT_OPEN = 64;

    private final Path root;
    private final NativeGit git;
    private final Tidying tidying;
    private final SmartHttp http;
    private final Workers workers = new Workers();

    /** The repositories last read, open, so that their pack indexes stay in memory. */
    private final LinkedHashMap<Path, Repository> open = new LinkedHashMap<>(16, 0.75f, true);

    /** Makes the folder when it is not there. Git 2.36 or newer must be on the {@code PATH}. */
    public Repositories(Path root, GitSettings settings) {
        JGitSystem.install();
        try {
            Files.createDirectories(root);
            this.root = root.toRealPath();
        } catch (IOException e) {
            throw new GitFailure(Category.BROKEN, "cannot use " + root, e);
        }
        this.git = new NativeGit(settings);
        this.tidying = new Tidying(git);
        this.http = new SmartHttp(git, tidying::pushed);
    }

    /** The limits that hold for all of them. */
    public GitSettings settings() {
        return git.settings();
    }

    /** The transport for these repositories. */
    public SmartHttp http() {
        return http;
    }

    /**
     * Makes an empty repository with that default branch; leaves one that is there as it is.
     *
     * @param name as in {@link #find}, without {@code .git}
     */
    public GitRepository create(String name, String defaultBranch) {
        if (!Repository.isValidRefName("refs/heads/" + defaultBranch)) {
            throw new IllegalArgumentException("not a branch name: " + defaultBranch);
        }
        Path folder = inside(name + ".git").orElseThrow(() -> new IllegalArgumentException(name));
        if (!isRepository(folder)) {
            // An empty template: no sample hooks, no description.
            git.run(
                    root,
                    "init",
                    "--quiet",
                    "--bare",
                    "--template=",
                    "--initial-branch=" + defaultBranch,
                    folder.toString());
        }
        return new GitRepository(folder, this);
    }

    /**
     * Finds {@code name.git} or {@code name}; slashes lead into folders. Empty also for a name that
     * points out of the root.
     */
    public Optional<GitRepository> find(String name) {
        return Stream.of(name + ".git", name, name + "/.git")
                .flatMap(candidate -> inside(candidate).stream())
                .filter(Repositories::isRepository)
                .findFirst()
                .map(folder -> new GitRepository(folder, this));
    }

    /**
     * One on another server, whose commits can be brought into one of these.
     *
     * @param token by which it shows what is not public
     */
    public RemoteRepository remote(URI url, Optional<String> token) {
        return new RemoteRepository(git, root, url, token);
    }

    /** Removes a repository for good. */
    public void delete(String name) {
        find(name).ifPresent(repository -> deleteTree(repository.folder()));
    }

    private void deleteTree(Path folder) {
        synchronized (open) {
            Optional.ofNullable(open.remove(folder)).ifPresent(Repository::close);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new GitFailure(Category.BROKEN, "cannot delete " + folder, e);
        }
    }

    private Optional<Path> inside(String name) {
        for (String part : name.split("/", -1)) {
            boolean hidden = part.startsWith(".") && !part.equals(".git");
            if (part.isEmpty() || hidden || part.indexOf('\0') >= 0 || part.indexOf('\\') >= 0) {
                return Optional.empty();
            }
        }
        Path path = root.resolve(name).normalize();
        try {
            // A link inside may not lead outside either.
            boolean fits = path.startsWith(root) && !path.equals(root);
            return fits && (!Files.exists(path) || path.toRealPath().startsWith(root))
                    ? Optional.of(path)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isRepository(Path folder) {
        return Files.isRegularFile(folder.resolve("HEAD"))
                && Files.isDirectory(folder.resolve("objects"))
                && Files.isDirectory(folder.resolve("refs"));
    }

    /** An open repository with one more user; whoever gets it closes it. */
    Repository open(Path folder) throws IOException {
        synchronized (open) {
            Repository known = open.get(folder);
            if (known == null) {
                known =
                        new FileRepositoryBuilder()
                                .setGitDir(folder.toFile())
                                .setMustExist(true)
                                .build();
                open.put(folder, known);
                shrink();
            }
            known.incrementOpen();
            return known;
        }
    }

    private void shrink() {
        var eldest = new ArrayList<>(open.keySet());
        for (Path folder : eldest.subList(0, Math.max(0, eldest.size() - KEPT_OPEN))) {
            Repository closing = open.remove(folder);
            if (closing != null) {
                closing.close();
            }
        }
    }

    NativeGit git() {
        return git;
    }

    Workers workers() {
        return workers;
    }

    /** The names, as {@link #find} takes them, of all repositories directly in the root. */
    public List<String> names() {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(Repositories::isRepository)
                    .map(folder -> folder.getFileName().toString().replaceFirst("\\.git$", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new GitFailure(Category.BROKEN, "cannot list " + root, e);
        }
    }

    /** Waits for tidying to end and closes what is open. */
    @Override
    public void close() {
        tidying.close();
        workers.close();
        synchronized (open) {
            open.values().forEach(Repository::close);
            open.clear();
        }
    }
}
