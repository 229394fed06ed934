package dev.rondo.git;

import dev.rondo.git.ChangedPath.Change;
import dev.rondo.git.Diff.Content;
import dev.rondo.git.Diff.DiffLine;
import dev.rondo.git.Diff.FileDiff;
import dev.rondo.git.Diff.Hunk;
import dev.rondo.git.Diff.Limits;
import dev.rondo.git.Diff.Lines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Works out what two commits differ in, within limits. */
final class Diffs {

    private static final int CONTEXT = 3;
    private static final int MAX_RENAMES = 400;
    private static final RawText NO_TEXT = new RawText(new byte[0]);

    private final Repository repository;
    private final Limits limits;
    private int linesLeft;

    Diffs(Repository repository, Limits limits) {
        this.repository = repository;
        this.limits = limits;
        this.linesLeft = limits.totalLines();
    }

    Diff between(String before, String after) throws IOException {
        try (var reader = repository.newObjectReader();
                var formatter = new DiffFormatter(OutputStream.nullOutputStream())) {
            formatter.setReader(reader, repository.getConfig());
            formatter.setDetectRenames(true);
            formatter.getRenameDetector().setRenameLimit(MAX_RENAMES);
            List<DiffEntry> entries =
                    formatter.scan(tree(reader, before), tree(reader, after)).stream()
                            .sorted((a, b) -> path(a).compareTo(path(b)))
                            .toList();
            var files = new ArrayList<FileDiff>();
            for (DiffEntry entry : entries.subList(0, Math.min(limits.files(), entries.size()))) {
                files.add(file(reader, entry));
            }
            return new Diff(files, entries.size() - files.size());
        }
    }

    /** The tree of a commit, or nothing for forty zeros. */
    static AbstractTreeIterator tree(ObjectReader reader, String commit) throws IOException {
        if (commit.equals(RefUpdate.NONE)) {
            return new EmptyTreeIterator();
        }
        try (var walk = new RevWalk(reader)) {
            var tree = walk.parseTree(ObjectId.fromString(commit));
            return new CanonicalTreeParser(null, reader, tree);
        }
    }

    private static String path(DiffEntry entry) {
        return entry.getChangeType() == DiffEntry.ChangeType.DELETE
                ? entry.getOldPath()
                : entry.getNewPath();
    }

    private FileDiff file(ObjectReader reader, DiffEntry entry) throws IOException {
        Change change = change(entry.getChangeType());
        String oldPath = change == Change.ADDED ? "" : entry.getOldPath();
        String newPath = change == Change.DELETED ? "" : entry.getNewPath();
        Content content = content(reader, entry);
        if (content != Content.TEXT) {
            return new FileDiff(change, oldPath, newPath, content, new Lines(0, 0), List.of());
        }
        RawText old = text(reader, entry.getOldId(), entry.getOldMode());
        RawText fresh = text(reader, entry.getNewId(), entry.getNewMode());
        if (RawText.isBinary(old.getRawContent()) || RawText.isBinary(fresh.getRawContent())) {
            return new FileDiff(
                    change, oldPath, newPath, Content.BINARY, new Lines(0, 0), List.of());
        }
        EditList edits =
                DiffAlgorithm.getAlgorithm(DiffAlgorithm.SupportedAlgorithm.HISTOGRAM)
                        .diff(RawTextComparator.DEFAULT, old, fresh);
        var lines =
                new Lines(
                        edits.stream().mapToInt(Edit::getLengthB).sum(),
                        edits.stream().mapToInt(Edit::getLengthA).sum());
        var hunks = new ArrayList<Hunk>();
        boolean whole = hunks(edits, old, fresh, hunks);
        return new FileDiff(
                change, oldPath, newPath, whole ? Content.TEXT : Content.TRUNCATED, lines, hunks);
    }

    private static Change change(DiffEntry.ChangeType type) {
        return switch (type) {
            case ADD -> Change.ADDED;
            case MODIFY -> Change.MODIFIED;
            case DELETE -> Change.DELETED;
            case RENAME -> Change.RENAMED;
            case COPY -> Change.COPIED;
        };
    }

    private Content content(ObjectReader reader, DiffEntry entry) throws IOException {
        if (entry.getOldMode().equals(FileMode.GITLINK)
                || entry.getNewMode().equals(FileMode.GITLINK)) {
            return Content.SUBMODULE;
        }
        long larger =
                Math.max(
                        size(reader, entry.getOldId(), entry.getOldMode()),
                        size(reader, entry.getNewId(), entry.getNewMode()));
        return larger > limits.bytes() ? Content.TOO_LARGE : Content.TEXT;
    }

    private static long size(ObjectReader reader, AbbreviatedObjectId id, FileMode mode)
            throws IOException {
        return mode.equals(FileMode.MISSING)
                ? 0
                : reader.getObjectSize(id.toObjectId(), Constants.OBJ_BLOB);
    }

    private static RawText text(ObjectReader reader, AbbreviatedObjectId id, FileMode mode)
            throws IOException {
        return mode.equals(FileMode.MISSING)
                ? NO_TEXT
                : new RawText(reader.open(id.toObjectId(), Constants.OBJ_BLOB).getBytes());
    }

    /** Adds hunks until a limit is reached; says whether all of them fitted. */
    private boolean hunks(EditList edits, RawText old, RawText fresh, List<Hunk> hunks) {
        int fileLines = 0;
        for (int first = 0; first < edits.size(); ) {
            int last = lastOfHunk(edits, first);
            Hunk hunk = hunk(edits.subList(first, last + 1), old, fresh);
            fileLines += hunk.lines().size();
            linesLeft -= hunk.lines().size();
            if (fileLines > limits.lines() || linesLeft < 0) {
                return false;
            }
            hunks.add(hunk);
            first = last + 1;
        }
        return true;
    }

    private static int lastOfHunk(EditList edits, int first) {
        int last = first;
        while (last + 1 < edits.size()
                && edits.get(last + 1).getBeginA() - edits.get(last).getEndA() <= 2 * CONTEXT) {
            last++;
        }
        return last;
    }

    private static Hunk hunk(List<Edit> edits, RawText old, RawText fresh) {
        Edit first = edits.getFirst();
        int a = Math.max(0, first.getBeginA() - CONTEXT);
        int b = Math.max(0, first.getBeginB() - CONTEXT);
        int aStart = a;
        int bStart = b;
        var lines = new ArrayList<DiffLine>();
        for (Edit edit : edits) {
            while (a < edit.getBeginA()) {
                lines.add(new DiffLine(' ', ++a, ++b, old.getString(a - 1)));
            }
            while (a < edit.getEndA()) {
                lines.add(new DiffLine('-', ++a, 0, old.getString(a - 1)));
            }
            while (b < edit.getEndB()) {
                lines.add(new DiffLine('+', 0, ++b, fresh.getString(b - 1)));
            }
        }
        for (int i = 0; i < CONTEXT && a < old.size(); i++) {
            lines.add(new DiffLine(' ', ++a, ++b, old.getString(a - 1)));
        }
        int oldLines = a - aStart;
        int newLines = b - bStart;
        return new Hunk(
                oldLines == 0 ? aStart : aStart + 1,
                oldLines,
                newLines == 0 ? bStart : bStart + 1,
                newLines,
                lines);
    }

    /** Which files differ, without a look into them and without renames. */
    static List<ChangedPath> paths(Repository repository, String before, String after, int limit)
            throws IOException {
        var paths = new ArrayList<ChangedPath>();
        try (var reader = repository.newObjectReader();
                var walk = new TreeWalk(reader)) {
            walk.addTree(tree(reader, before));
            walk.addTree(tree(reader, after));
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next() && paths.size() < limit) {
                AnyObjectId none = ObjectId.zeroId();
                Change change =
                        walk.getObjectId(0).equals(none)
                                ? Change.ADDED
                                : walk.getObjectId(1).equals(none)
                                        ? Change.DELETED
                                        : Change.MODIFIED;
                paths.add(new ChangedPath(change, walk.getPathString()));
            }
        }
        return paths;
    }
}
