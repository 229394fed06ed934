package dev.rondo.natives;

import dev.rondo.git.GitRepository;
import dev.rondo.git.Submodule;
import dev.rondo.jobs.NativeAction.Failed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies of repositories for one checkout, where the job may read but not write. The job's own git
 * fetches from them, so that the server's git never runs on what a job has made.
 */
final class Lending {
    private static final int MAX_SUBMODULES = 200;
    private static final int MAX_NESTING = 20;

    private final Shelf shelf;
    private final CheckoutOrder order;
    private final String owner;
    private final Path folder;
    private final Map<String, Path> lent = new LinkedHashMap<>();

    /**
     * @param owner of projects that an address names without one
     */
    Lending(Shelf shelf, CheckoutOrder order, String owner, Path folder) {
        this.shelf = shelf;
        this.order = order;
        this.owner = owner;
        this.folder = folder;
    }

    /** The repository itself: of a deep history all refs, of a shallow one what is asked for. */
    void repository(GitRepository repository, boolean tags) {
        var refs = new ArrayList<String>();
        if (order.depth() == 0) {
            refs.add("refs/heads/*:refs/heads/*");
        } else if (order.ref().startsWith("refs/") && order.commit().isEmpty()) {
            refs.add(order.ref() + ":" + order.ref());
        }
        if (order.depth() == 0 || tags) {
            refs.add("refs/tags/*:refs/tags/*");
        }
        if (!order.commit().isEmpty()) {
            refs.add(order.commit() + ":refs/rondo/wanted");
        }
        lend(repository, order.url(), refs);
    }

    private void lend(GitRepository repository, String url, List<String> refs) {
        Path copy = folder.resolve(lent.size() + ".git");
        repository.workTrees().lend(copy, refs, order.depth());
        lent.put(url, copy);
    }

    /** What a commit names of this Rondo; what lies elsewhere the job's git fetches by itself. */
    void submodules(GitRepository repository, String commit, boolean nested) throws Failed {
        submodules(repository, commit, order.url(), nested ? MAX_NESTING : 1);
    }

    private void submodules(GitRepository repository, String commit, String url, int levels)
            throws Failed {
        if (levels == 0) {
            return;
        }
        for (Submodule submodule : Submodule.of(repository, commit)) {
            String target = SubmoduleUrl.resolve(url, submodule.url());
            String path = SubmoduleUrl.below(List.of(order.server(), order.published()), target);
            if (path.isEmpty() || lent.containsKey(target)) {
                continue;
            }
            if (lent.size() > MAX_SUBMODULES) {
                throw new Failed("A checkout has at most " + MAX_SUBMODULES + " submodules");
            }
            GitRepository other = find(submodule, target, path);
            String branch = other.defaultBranch();
            var refs = new ArrayList<String>();
            if (order.depth() == 0) {
                refs.add("refs/heads/*:refs/heads/*");
                refs.add(submodule.commit() + ":refs/rondo/wanted");
            } else {
                refs.add(submodule.commit() + ":refs/heads/" + branch);
            }
            lend(other, target, refs);
            submodules(other, submodule.commit(), target, levels - 1);
        }
    }

    private GitRepository find(Submodule submodule, String target, String path) throws Failed {
        String name = path.indexOf('/') < 0 ? owner + "/" + path : path;
        GitRepository found =
                shelf.find(name)
                        .orElseThrow(() ->
                                new Failed(
                                        ("The submodule '%s' is at %s, and there is no repository of that"
                                                        + " name that this job may read")
                                                .formatted(submodule.path(), target)));
        if (found.peeled(submodule.commit()).isEmpty()) {
            throw new Failed(
                    "The submodule '%s' wants the commit %s, which %s does not have"
                            .formatted(submodule.path(), submodule.commit(), target));
        }
        return found;
    }

    /** Address and folder, one a line. */
    String lines() {
        var lines = new StringBuilder();
        lent.forEach((url, copy) -> lines.append(url).append('\t').append(copy).append('\n'));
        return lines.toString();
    }
}
