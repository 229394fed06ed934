package dev.rondo.git;

import dev.rondo.git.GitFailure.Category;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A repository on another server, read over HTTP by the machine's git: what its names mean, and
 * single commits of it. A server that does not answer is a {@link GitFailure}.
 */
public final class RemoteRepository {

    private static final List<String> PROXIES =
            List.of("http_proxy", "https_proxy", "no_proxy", "HTTPS_PROXY", "NO_PROXY");

    /** It can be fetched again: nothing needs to outlast a crash. Always one pack, which is cut. */
    private static final String KEPT =
            """
            [core]
                fsync = none
            [fetch]
                unpackLimit = 1
            """;

    private final NativeGit git;
    private final Path root;
    private final String url;
    private final Optional<String> token;

    RemoteRepository(NativeGit git, Path root, URI url, Optional<String> token) {
        this.git = git;
        this.root = root;
        this.url = url.toString();
        this.token = token;
    }

    /**
     * The commit that a tag means, else a branch.
     *
     * @throws GitFailure of category ABSENT where there is no such repository, or it is not public
     */
    public Optional<String> resolve(String name) {
        String tag = "refs/tags/" + name;
        String branch = "refs/heads/" + name;
        String printed = ask("ls-remote", "--quiet", url, tag, tag + "^{}", branch);
        var commits = new HashMap<String, String>();
        for (String line : printed.lines().toList()) {
            String[] parts = line.split("\t", 2);
            if (parts.length == 2) {
                commits.put(parts[1], parts[0]);
            }
        }
        return List.of(tag + "^{}", tag, branch).stream()
                .filter(commits::containsKey)
                .map(commits::get)
                .findFirst();
    }

    private String ask(String... command) {
        try {
            return git.run(root, environment(), command)
                    .orElseThrow(() -> new GitFailure(Category.BROKEN, "git failed"));
        } catch (GitFailure e) {
            throw absent(e) ? new GitFailure(Category.ABSENT, e.complaint(), e) : e;
        }
    }

    /** Servers ask strangers for a password where they have nothing to show. */
    private static boolean absent(GitFailure e) {
        return e.complaint().contains("not found") || e.complaint().contains("could not read");
    }

    private Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        environment.put("GIT_ALLOW_PROTOCOL", "http:https");
        // For this address alone: a server that leads elsewhere does not take the token there.
        token.ifPresent(secret -> {
            environment.put("GIT_CONFIG_COUNT", "1");
            environment.put("GIT_CONFIG_KEY_0", "http." + url + ".extraHeader");
            environment.put("GIT_CONFIG_VALUE_0", "Authorization: Basic " + basic(secret));
        });
        for (String name : PROXIES) {
            Optional.ofNullable(System.getenv(name))
                    .ifPresent(value -> environment.put(name, value));
        }
        return environment;
    }

    /** The name beside a token means nothing to any server; this is the one that GitHub names. */
    private static String basic(String secret) {
        return Base64.getEncoder()
                .encodeToString(("x-access-token:" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Brings one commit without its history.
     *
     * @param maxBytes the most that it may have, packed
     * @throws GitFailure of category ABSENT where the repository does not have it, LIMIT where it
     *     is larger
     */
    public void fetch(String commit, GitRepository into, long maxBytes) {
        String ref = "refs/fetched/" + commit;
        if (into.refTarget(ref).isPresent()) {
            return;
        }
        try {
            Path config = into.folder().resolve("config");
            if (!Files.readString(config).contains("unpackLimit")) {
                Files.writeString(config, KEPT, StandardOpenOption.APPEND);
            }
            git.limited(
                    into.folder(),
                    environment(),
                    maxBytes,
                    List.of(
                            "fetch",
                            "--quiet",
                            "--no-tags",
                            "--no-write-fetch-head",
                            "--depth=1",
                            url,
                            "+" + commit + ":" + ref));
        } catch (IOException e) {
            throw new GitFailure(Category.BROKEN, "cannot write " + into.folder(), e);
        } catch (GitFailure e) {
            if (cut(into.folder().resolve("objects/pack"), maxBytes)) {
                throw new GitFailure(
                        Category.LIMIT, "it is larger than %d MiB".formatted(maxBytes >> 20), e);
            }
            throw e.complaint().contains("not our ref")
                    ? new GitFailure(Category.ABSENT, e.complaint(), e)
                    : e;
        }
    }

    /** Removes what was begun; whether it had come to the limit. */
    private static boolean cut(Path packs, long maxBytes) {
        boolean cut = false;
        try (var begun = Files.newDirectoryStream(packs, "tmp_*")) {
            for (Path file : begun) {
                cut |= Files.size(file) >= maxBytes >> 10 << 10;
                Files.delete(file);
            }
        } catch (IOException e) {
            return cut;
        }
        return cut;
    }
}
