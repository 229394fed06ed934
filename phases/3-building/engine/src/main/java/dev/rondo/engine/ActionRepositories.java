package dev.rondo.engine;

import dev.rondo.git.GitFailure;
import dev.rondo.git.GitRepository;
import dev.rondo.git.GitSettings;
import dev.rondo.git.RemoteRepository;
import dev.rondo.git.Repositories;
import dev.rondo.jobs.ActionSources.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The repositories of actions that are not on this Rondo: of a folder, or of a server, whose
 * commits are kept once they were brought.
 */
public final class ActionRepositories implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActionRepositories.class);

    private final Optional<Repositories> folder;
    private final Optional<ActionSettings.Upstream.Server> server;
    private final long maxBytes;
    private final Path brought;
    private final Map<String, Object> turns = new ConcurrentHashMap<>();

    /** One commit that can be read. */
    public record Found(GitRepository repository, String commit) {}

    ActionRepositories(ActionSettings settings, Path data) {
        this(settings, data, Limits.ACTION_BYTES);
    }

    /**
     * @param maxBytes of one action: packed as it comes, and in files
     */
    public ActionRepositories(ActionSettings settings, Path data, long maxBytes) {
        this.maxBytes = maxBytes;
        this.brought = data.resolve("upstream");
        this.server =
                settings.upstream()
                        .filter(ActionSettings.Upstream.Server.class::isInstance)
                        .map(ActionSettings.Upstream.Server.class::cast);
        this.folder =
                settings.upstream()
                        .map(upstream ->
                                switch (upstream) {
                                    case ActionSettings.Upstream.Folder one -> one.path();
                                    case ActionSettings.Upstream.Server one -> brought;
                                })
                        .map(path -> new Repositories(path, git(data)));
    }

    private static GitSettings git(Path data) {
        return new GitSettings(
                data.resolve("upstream-git"),
                Limits.ACTION_BYTES,
                Limits.ACTION_TIME,
                Limits.ACTION_FETCHES,
                0);
    }

    /**
     * @return empty where there is no such repository
     * @throws Refused where it has no such version, or cannot be read
     */
    public Optional<Found> find(String name, String ref, String uses) throws Refused {
        if (folder.isEmpty() || !name.matches("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")) {
            return Optional.empty();
        }
        try {
            return server.isPresent()
                    ? fetched(name, ref, uses)
                    : at(folder.get().find(name), ref, uses);
        } catch (GitFailure e) {
            throw unfetched(uses, e);
        }
    }

    /** Puts its files into a folder. */
    public void export(Found found, Path into, String uses) throws Refused {
        try {
            found.repository().workTrees().export(found.commit(), into, maxBytes);
        } catch (GitFailure e) {
            throw unfetched(uses, e);
        }
    }

    private static Refused unfetched(String uses, GitFailure e) {
        return new Refused("Unable to fetch action `%s`: %s".formatted(uses, e.complaint()));
    }

    private Optional<Found> fetched(String name, String ref, String uses) throws Refused {
        Repositories kept = folder.orElseThrow();
        URI url = URI.create(base() + name);
        RemoteRepository remote = kept.remote(url, server.orElseThrow().token());
        synchronized (turn(name)) {
            try {
                boolean full = full(ref);
                Optional<String> commit = full ? Optional.of(ref) : remote.resolve(ref);
                if (kept.find(name).isEmpty()) {
                    forget(kept, Instant.now().minus(Limits.ACTION_KEPT));
                }
                GitRepository into = kept.create(name, "main");
                used(into);
                remote.fetch(commit.orElseThrow(() -> noVersion(ref, uses)), into, maxBytes);
                return Optional.of(new Found(into, commit.get()));
            } catch (GitFailure e) {
                return switch (e.category()) {
                    case ABSENT -> {
                        if (full(ref) && !e.complaint().contains("not found")) {
                            throw noVersion(ref, uses);
                        }
                        yield Optional.empty();
                    }
                    case LIMIT, BUSY, BROKEN -> throw e;
                };
            }
        }
    }

    private Object turn(String name) {
        return turns.computeIfAbsent(name, one -> new Object());
    }

    private static Path mark(Path repository) {
        return repository.resolve("config");
    }

    private static void used(GitRepository repository) {
        try {
            Files.setLastModifiedTime(mark(repository.folder()), FileTime.from(Instant.now()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes place for what comes: what nobody used for long can be brought again. */
    private void forget(Repositories kept, Instant unusedSince) {
        try (Stream<Path> all = Files.walk(brought, 2)) {
            // One without its mark is just being made.
            for (Path one : all.filter(path -> Files.exists(mark(path))).toList()) {
                if (Files.getLastModifiedTime(mark(one)).toInstant().isBefore(unusedSince)) {
                    String name = brought.relativize(one).toString().replaceFirst("\\.git$", "");
                    kept.delete(name);
                }
            }
        } catch (IOException | UncheckedIOException | GitFailure e) {
            LOG.warn("what was brought of actions and is not used stays in {}", brought, e);
        }
    }

    private String base() {
        String base = server.orElseThrow().base().toString();
        return base.endsWith("/") ? base : base + "/";
    }

    /** What a name means in a repository on this machine: a tag, a branch, a commit in full. */
    static Optional<Found> at(Optional<GitRepository> repository, String ref, String uses)
            throws Refused {
        if (repository.isEmpty()) {
            return Optional.empty();
        }
        GitRepository one = repository.get();
        Optional<String> commit =
                one.resolve("refs/tags/" + ref)
                        .or(() -> one.resolve("refs/heads/" + ref))
                        .or(() -> full(ref) ? one.resolve(ref) : Optional.empty());
        if (commit.isEmpty() && ref.matches("[0-9a-f]{6,39}")) {
            Optional<String> whole = one.resolve(ref);
            if (whole.isPresent()) {
                throw new Refused(
                        ("Unable to resolve action `%s`, the provided ref `%s` is the shortened version"
                                        + " of a commit SHA, which is not supported. Please use the full"
                                        + " commit SHA `%s` instead.")
                                .formatted(uses, ref, whole.get()));
            }
        }
        return Optional.of(new Found(one, commit.orElseThrow(() -> noVersion(ref, uses))));
    }

    private static boolean full(String ref) {
        return ref.matches("[0-9a-f]{40}");
    }

    private static Refused noVersion(String ref, String uses) {
        return new Refused(
                "Unable to resolve action `%s`, unable to find version `%s`".formatted(uses, ref));
    }

    @Override
    public void close() {
        folder.ifPresent(Repositories::close);
    }
}
