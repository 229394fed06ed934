package dev.rondo.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * Another repository that a commit names.
 *
 * @param url as it is written, which may be relative
 * @param commit of the other repository
 */
public record Submodule(String path, String url, String commit) {
    private static final int MAX_BYTES = 1 << 20;

    /** Those of {@code .gitmodules} that the commit really has; none where that file is broken. */
    public static List<Submodule> of(GitRepository repository, String commit) {
        Optional<Blob> file = repository.file(commit, ".gitmodules", MAX_BYTES);
        var found = new ArrayList<Submodule>();
        if (file.isEmpty()) {
            return found;
        }
        var config = new Config();
        try {
            config.fromText(file.get().text());
        } catch (ConfigInvalidException e) {
            return found;
        }
        for (String name : config.getSubsections("submodule")) {
            String path = config.getString("submodule", name, "path");
            String url = config.getString("submodule", name, "url");
            if (path != null && url != null) {
                repository
                        .entry(commit, path)
                        .filter(entry -> entry.kind() == TreeEntry.Kind.SUBMODULE)
                        .ifPresent(entry -> found.add(new Submodule(path, url, entry.id())));
            }
        }
        return found;
    }
}
