package dev.rondo.jobs;

import dev.rondo.actions.PathGlobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The files that an artifact takes. Those of the workspace are read where they lie. Where patterns
 * lead out of it, and where links lead, only the job may look: it copies such files to where the
 * server reads them.
 */
final class ArtifactFiles {
    private final ActionSetting setting;
    private final PathGlobs globs;
    private final boolean hidden;
    private final String work;
    private Optional<Path> copies = Optional.empty();

    /**
     * @param hidden whether files and folders count whose names begin with a dot
     */
    ArtifactFiles(ActionSetting setting, PathGlobs globs, boolean hidden) {
        this.setting = setting;
        this.globs = globs;
        this.hidden = hidden;
        this.work = setting.workspace().toString();
    }

    /**
     * One file, by its absolute path as the job knows it.
     *
     * @param entry where it lies in the tree
     */
    private record Found(SafeTree tree, SafeTree.Entry entry, String path) {}

    /** With the names that they have in the artifact, in their order. */
    List<ZipFiles.Packed> find() throws NativeAction.Failed, IOException, InterruptedException {
        var tree = setting.folders().tree(setting.workspace());
        SafeTree.Listing listing = tree.list();
        var found = new ArrayList<Found>();
        for (SafeTree.Entry file : listing.files()) {
            String path = work + "/" + file.path();
            if (isWanted(path)) {
                found.add(new Found(tree, file, path));
            }
        }
        Set<String> elsewhere = elsewhere(listing.links());
        if (!elsewhere.isEmpty()) {
            var paths = new HashSet<String>();
            found.forEach(one -> paths.add(one.path()));
            found.addAll(brought(List.copyOf(elsewhere), paths));
        }
        return named(found);
    }

    /** Lets the job delete what it copied. */
    void forget() throws NativeAction.Failed, InterruptedException {
        if (copies.isPresent()) {
            setting.script("rm -rf " + quote(copies.get().toString()));
        }
    }

    private boolean isWanted(String path) {
        return globs.matches(path) && (hidden || globs.isInSight(path));
    }

    private List<ZipFiles.Packed> named(List<Found> found) {
        var paths = new HashSet<String>();
        found.forEach(one -> paths.add(one.path()));
        int cut = PathGlobs.below(globs.base(paths)).length();
        return found.stream()
                .map(one -> new ZipFiles.Packed(one.tree(), one.entry(), one.path().substring(cut)))
                .sorted(Comparator.comparing(ZipFiles.Packed::name))
                .toList();
    }

    /**
     * Where the job has to look: outside of the workspace, and behind links that patterns reach.
     */
    private Set<String> elsewhere(List<String> links) {
        var elsewhere = new LinkedHashSet<String>();
        for (String root : globs.roots()) {
            boolean inside = root.equals(work) || root.startsWith(work + "/");
            if (!inside) {
                elsewhere.add(root);
                continue;
            }
            for (String link : links) {
                String path = work + "/" + link;
                if (root.equals(path) || root.startsWith(path + "/")) {
                    elsewhere.add(root);
                } else if (path.startsWith(PathGlobs.below(root))
                        && (hidden || globs.isInSight(path))) {
                    elsewhere.add(path);
                }
            }
        }
        return elsewhere;
    }

    /** Lets the job list what is there, and copy what is wanted, apart from what is known. */
    private List<Found> brought(List<String> roots, Set<String> known)
            throws NativeAction.Failed, IOException, InterruptedException {
        Path folder = setting.folders().temp().resolve("upload-" + UUID.randomUUID());
        var script = new StringBuilder("mkdir -p " + quote(folder + "/files") + "\n");
        for (int i = 0; i < roots.size(); i++) {
            script.append(
                    """
                    if [ -d %1$s ]; then (cd %1$s && find -L . -type f -print0 || true)
                    elif [ -f %1$s ]; then printf '.\\0'; fi 2>/dev/null | head -c %3$d > %2$s
                    """
                            .formatted(
                                    quote(roots.get(i)),
                                    quote(folder + "/" + i),
                                    Limits.LIST_BYTES));
        }
        copies = Optional.of(folder);
        setting.script(script.toString());
        var tree = setting.folders().tree(folder);
        var wanted = new ArrayList<String>();
        for (int i = 0; i < roots.size(); i++) {
            String root = roots.get(i);
            byte[] list = tree.read("" + i, in -> in.readNBytes(Limits.LIST_BYTES));
            if (list.length == Limits.LIST_BYTES) {
                throw new NativeAction.Failed(
                        "There are too many files in %s: their names have more than %d bytes"
                                .formatted(root, Limits.LIST_BYTES));
            }
            for (String below : new String(list, StandardCharsets.UTF_8).split("\0", -1)) {
                String path =
                        below.startsWith("./")
                                ? PathGlobs.below(root) + below.substring(2)
                                : below.equals(".") ? root : "";
                // The job may have written anything into its list.
                boolean sound = !path.isEmpty() && !(path + "/").contains("/../");
                if (sound && isWanted(path) && known.add(path)) {
                    wanted.add(path);
                }
            }
        }
        return copied(folder, wanted);
    }

    private List<Found> copied(Path folder, List<String> wanted)
            throws NativeAction.Failed, IOException, InterruptedException {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Path files = folder.resolve("files");
        var script = new StringBuilder();
        var paths = new HashMap<String, String>();
        for (String path : wanted) {
            String name = String.valueOf(paths.size());
            paths.put(name, path);
            script.append("cp -Lp -- %s %s\n".formatted(quote(path), quote(files + "/" + name)));
        }
        setting.script(script.toString());
        var tree = setting.folders().tree(files);
        return tree.list().files().stream()
                .filter(entry -> paths.containsKey(entry.path()))
                .map(entry -> new Found(tree, entry, paths.getOrDefault(entry.path(), "")))
                .toList();
    }

    private static String quote(String text) {
        return ShellScript.quote(text);
    }
}
