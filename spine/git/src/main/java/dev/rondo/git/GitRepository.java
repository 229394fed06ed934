package dev.rondo.git;

import dev.rondo.git.GitFailure.Category;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Reads one repository, and makes tags and work trees of it. Cheap to make and safe to share.
 * Commits are full object names, as {@link #resolve} gives them; what is not there is a {@link
 * GitFailure} of category ABSENT.
 */
public final class GitRepository {

    private static final int MAX_ENTRIES = 5000;

    private final Path folder;
    private final Repositories owner;

    GitRepository(Path folder, Repositories owner) {
        this.folder = folder;
        this.owner = owner;
    }

    /** The folder on disk. */
    public Path folder() {
        return folder;
    }

    /** The branch that a clone checks out; it need not exist yet. */
    public String defaultBranch() {
        return read(git -> {
            Ref head = git.exactRef(Constants.HEAD);
            String target = head == null ? "" : head.getTarget().getName();
            return Repository.shortenRefName(target);
        });
    }

    /** Whether nothing was pushed yet. */
    public boolean isEmpty() {
        return read(git -> git.getRefDatabase().getRefsByPrefix(Constants.R_REFS).isEmpty());
    }

    /**
     * The commit that a branch, tag, full ref name, {@code HEAD} or (shortened) commit id means, in
     * this order. Knows none of git's expressions such as {@code main~3}.
     */
    public Optional<String> resolve(String name) {
        return read(git -> {
            for (String prefix : List.of(Constants.R_HEADS, Constants.R_TAGS, "")) {
                boolean plain = prefix.isEmpty();
                if (plain && !name.startsWith(Constants.R_REFS) && !name.equals("HEAD")) {
                    continue;
                }
                Ref ref = git.exactRef(prefix + name);
                if (ref != null && ref.getObjectId() != null) {
                    return peel(git, ref.getObjectId());
                }
            }
            return name.matches("[0-9a-f]{6,40}") ? ofId(git, name) : Optional.empty();
        });
    }

    private static Optional<String> ofId(Repository git, String id) throws IOException {
        try {
            ObjectId object = git.resolve(id);
            return object == null ? Optional.empty() : peel(git, object);
        } catch (RevisionSyntaxException | AmbiguousObjectException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> peel(Repository git, ObjectId id) throws IOException {
        try (var walk = new RevWalk(git)) {
            RevObject object = walk.peel(walk.parseAny(id));
            return object instanceof RevCommit ? Optional.of(object.name()) : Optional.empty();
        } catch (MissingObjectException e) {
            return Optional.empty();
        }
    }

    /** The commit that an object leads to: itself, or what a tag stands for; empty for all else. */
    public Optional<String> peeled(String object) {
        return read(git -> peel(git, ObjectId.fromString(object)));
    }

    /** The object that a full ref name points at right now, before any peeling. */
    public Optional<String> refTarget(String ref) {
        return read(git ->
                Optional.ofNullable(git.exactRef(ref)).map(Ref::getObjectId).map(ObjectId::name));
    }

    /** All refs below {@code refs/} with the objects they point at, as updates from nothing. */
    public List<RefUpdate> refs() {
        return read(git ->
                git.getRefDatabase().getRefsByPrefix(Constants.R_REFS).stream()
                        .filter(ref -> ref.getObjectId() != null && !ref.isSymbolic())
                        .map(ref ->
                                new RefUpdate(
                                        ref.getName(), RefUpdate.NONE, ref.getObjectId().name()))
                        .toList());
    }

    /** The short names of what is below a prefix such as {@code refs/heads/}, in their order. */
    public List<String> refNames(String prefix, int limit) {
        return read(git ->
                git.getRefDatabase().getRefsByPrefix(prefix).stream()
                        .map(ref -> ref.getName().substring(prefix.length()))
                        .limit(limit)
                        .toList());
    }

    /** All branches; the one with the newest commit first. */
    public List<Branch> branches() {
        return compute(git -> {
            var branches = new ArrayList<Branch>();
            try (var walk = new RevWalk(git)) {
                for (Ref ref : git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
                    branches.add(
                            new Branch(
                                    ref.getName().substring(Constants.R_HEADS.length()),
                                    Commit.of(walk.parseCommit(ref.getObjectId()))));
                }
            }
            branches.sort(Comparator.comparing((Branch b) -> b.head().committer().at()).reversed());
            return branches;
        });
    }

    /** All tags that lead to a commit; the one with the newest commit first. */
    public List<Tag> tags() {
        return compute(git -> {
            var tags = new ArrayList<Tag>();
            try (var walk = new RevWalk(git)) {
                for (Ref ref : git.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
                    tag(walk, ref).ifPresent(tags::add);
                }
            }
            tags.sort(Comparator.comparing((Tag t) -> t.commit().committer().at()).reversed());
            return tags;
        });
    }

    private static Optional<Tag> tag(RevWalk walk, Ref ref) throws IOException {
        String name = ref.getName().substring(Constants.R_TAGS.length());
        RevObject object = walk.parseAny(ref.getObjectId());
        if (!(walk.peel(object) instanceof RevCommit commit)) {
            return Optional.empty();
        }
        Commit target = Commit.of(walk.parseCommit(commit));
        return Optional.of(
                object instanceof RevTag tag
                        ? new Tag(
                                name,
                                target,
                                Optional.ofNullable(tag.getTaggerIdent()).map(Person::of),
                                tag.getFullMessage())
                        : new Tag(name, target, Optional.empty(), ""));
    }

    public Commit commit(String id) {
        return read(git -> {
            try (var walk = new RevWalk(git)) {
                return Commit.of(walk.parseCommit(ObjectId.fromString(id)));
            }
        });
    }

    /** Whether {@code ancestor} is {@code commit} or one that it builds on. */
    public boolean builtOn(String commit, String ancestor) {
        return compute(git -> {
            try (var walk = new RevWalk(git)) {
                return walk.isMergedInto(
                        walk.parseCommit(ObjectId.fromString(ancestor)),
                        walk.parseCommit(ObjectId.fromString(commit)));
            }
        });
    }

    /** The newest commit that both build on. */
    public Optional<String> mergeBase(String one, String other) {
        return compute(git -> {
            try (var walk = new RevWalk(git)) {
                walk.setRevFilter(RevFilter.MERGE_BASE);
                walk.markStart(walk.parseCommit(ObjectId.fromString(one)));
                walk.markStart(walk.parseCommit(ObjectId.fromString(other)));
                return Optional.ofNullable(walk.next()).map(RevCommit::name);
            }
        });
    }

    /**
     * What {@code tip} builds on and none of {@code known} does, newest first.
     *
     * @param known commits, or objects that are none: those are passed over
     */
    public List<Commit> commitsSince(String tip, List<String> known, int limit) {
        return compute(git -> {
            var commits = new ArrayList<Commit>();
            try (var walk = new RevWalk(git)) {
                walk.markStart(walk.parseCommit(ObjectId.fromString(tip)));
                for (String id : known) {
                    var commit = peel(git, ObjectId.fromString(id));
                    if (commit.isPresent()) {
                        var known1 = ObjectId.fromString(commit.get());
                        walk.markUninteresting(walk.parseCommit(known1));
                    }
                }
                for (RevCommit commit : walk) {
                    if (commits.size() == limit) {
                        break;
                    }
                    commits.add(Commit.of(commit));
                }
            }
            return commits;
        });
    }

    /**
     * A page of the history of a commit, newest first.
     *
     * @param from a commit, or what {@link HistoryPage#next} said
     * @param path only what changed this file or folder; empty for all
     */
    public HistoryPage history(String from, String path, int limit) {
        return compute(git -> {
            try (var history = new History(git, path)) {
                return history.page(from, limit);
            }
        });
    }

    /**
     * What is in a folder, folders first; at most 5,000 entries.
     *
     * @param path empty for the root
     * @return empty when there is no such folder
     */
    public Optional<List<TreeEntry>> tree(String commit, String path) {
        return read(git -> {
            try (var walk = new RevWalk(git);
                    var tree = new TreeWalk(git, walk.getObjectReader())) {
                var root = walk.parseTree(ObjectId.fromString(commit));
                if (path.isEmpty()) {
                    tree.addTree(root);
                } else {
                    var at = at(git, root, path);
                    if (at.isEmpty() || at.get().kind() != TreeEntry.Kind.FOLDER) {
                        return Optional.empty();
                    }
                    tree.addTree(ObjectId.fromString(at.get().id()));
                }
                return Optional.of(entries(tree, path));
            }
        });
    }

    private static List<TreeEntry> entries(TreeWalk tree, String path) throws IOException {
        var entries = new ArrayList<TreeEntry>();
        while (tree.next() && entries.size() < MAX_ENTRIES) {
            String name = tree.getNameString();
            entries.add(entry(tree, path.isEmpty() ? name : path + "/" + name));
        }
        entries.sort(
                Comparator.comparing((TreeEntry e) -> e.kind() != TreeEntry.Kind.FOLDER)
                        .thenComparing(TreeEntry::name));
        return entries;
    }

    private static TreeEntry entry(TreeWalk tree, String path) throws IOException {
        FileMode mode = tree.getFileMode(0);
        var kind = TreeEntry.Kind.of(mode);
        ObjectId id = tree.getObjectId(0);
        long size =
                mode.getObjectType() == Constants.OBJ_BLOB
                        ? tree.getObjectReader().getObjectSize(id, Constants.OBJ_BLOB)
                        : 0;
        return new TreeEntry(
                path.substring(path.lastIndexOf('/') + 1), path, kind, size, id.name());
    }

    private static Optional<TreeEntry> at(Repository git, ObjectId root, String path)
            throws IOException {
        try (var reader = git.newObjectReader();
                var walk = TreeWalk.forPath(git, reader, path, root)) {
            return walk == null ? Optional.empty() : Optional.of(entry(walk, path));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What stands at a path; empty when nothing does. */
    public Optional<TreeEntry> entry(String commit, String path) {
        return read(git -> {
            try (var walk = new RevWalk(git)) {
                return at(git, walk.parseTree(ObjectId.fromString(commit)), path);
            }
        });
    }

    /**
     * A file's content, or the target of a link.
     *
     * @param limit bytes to read at most
     * @return empty when there is no such file
     */
    public Optional<Blob> file(String commit, String path, int limit) {
        return entry(commit, path)
                .filter(e -> e.kind() != TreeEntry.Kind.FOLDER)
                .filter(e -> e.kind() != TreeEntry.Kind.SUBMODULE)
                .map(e -> blob(e.id(), limit));
    }

    private Blob blob(String id, int limit) {
        return read(git -> {
            ObjectLoader loader = git.open(ObjectId.fromString(id), Constants.OBJ_BLOB);
            try (var in = loader.openStream()) {
                return new Blob(id, loader.getSize(), in.readNBytes(limit));
            }
        });
    }

    /**
     * What differs from {@code before} to {@code after}.
     *
     * @param before {@link RefUpdate#NONE} for the empty tree
     */
    public Diff diff(String before, String after, Diff.Limits limits) {
        return compute(git -> new Diffs(git, limits).between(before, after));
    }

    /** The paths that differ, without renames; {@link RefUpdate#NONE} stands for an empty tree. */
    public List<ChangedPath> changedPaths(String before, String after, int limit) {
        return compute(git -> Diffs.paths(git, before, after, limit));
    }

    /**
     * Makes an annotated tag. One of that name on that commit is left as it is.
     *
     * @return the tag object's name
     * @throws GitFailure of category LIMIT when the name is not allowed or stands for another
     *     commit
     */
    public String createTag(String name, String commit, String message, Person tagger) {
        return read(git -> new TagMaker(git).create(name, commit, message, tagger));
    }

    /** Makes work trees of this repository. */
    public WorkTrees workTrees() {
        return new WorkTrees(owner.git(), folder);
    }

    private interface Reading<T> {
        T from(Repository git) throws IOException;
    }

    /** For what is cheap: on the caller's thread. */
    private <T> T read(Reading<T> reading) {
        return Workers.here(() -> open(reading));
    }

    /** For what may compute for long. */
    private <T> T compute(Reading<T> reading) {
        return owner.workers().call(() -> open(reading));
    }

    private <T> T open(Reading<T> reading) throws IOException {
        try (Repository git = owner.open(folder)) {
            return reading.from(git);
        } catch (MissingObjectException
                | IncorrectObjectTypeException
                | InvalidObjectIdException e) {
            throw new GitFailure(Category.ABSENT, String.valueOf(e.getMessage()), e);
        }
    }
}
