package dev.rondo.coding;

import dev.rondo.coding.view.DiffView;
import dev.rondo.git.ChangedPath.Change;
import dev.rondo.git.Diff;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns a diff into what the page shows. */
final class DiffViews {

    private DiffViews() {}

    /**
     * @param at where the files are found as they are afterwards
     */
    static DiffView of(Diff diff, CodeUrls urls, String at) {
        var files = new ArrayList<DiffView.File>();
        for (Diff.FileDiff file : diff.files()) {
            files.add(file(file, urls, at, "file-" + (files.size() + 1)));
        }
        return new DiffView(files, diff.moreFiles(), diff.added(), diff.removed());
    }

    private static DiffView.File file(Diff.FileDiff file, CodeUrls urls, String at, String anchor) {
        boolean moved = file.change() == Change.RENAMED || file.change() == Change.COPIED;
        boolean gone = file.change() == Change.DELETED;
        return new DiffView.File(
                new DiffView.Name(
                        anchor,
                        file.path(),
                        moved ? file.oldPath() : file.path(),
                        gone ? "" : urls.files(at, file.path())),
                file.change().name().toLowerCase(Locale.ROOT),
                file.added(),
                file.removed(),
                notice(file),
                file.hunks().stream().map(DiffViews::hunk).toList());
    }

    private static String notice(Diff.FileDiff file) {
        return switch (file.content()) {
            case TEXT -> file.hunks().isEmpty() ? "coding.diff.unchanged" : "";
            case BINARY -> "coding.diff.binary";
            case TOO_LARGE -> "coding.diff.large";
            case TRUNCATED -> "coding.diff.truncated";
            case SUBMODULE -> "coding.diff.submodule";
        };
    }

    private static DiffView.Hunk hunk(Diff.Hunk hunk) {
        String title =
                "@@ -%d,%d +%d,%d @@"
                        .formatted(
                                hunk.oldStart(), hunk.oldLines(), hunk.newStart(), hunk.newLines());
        List<DiffView.Line> lines = hunk.lines().stream().map(DiffViews::line).toList();
        return new DiffView.Hunk(title, lines);
    }

    private static DiffView.Line line(Diff.DiffLine line) {
        String css =
                switch (line.kind()) {
                    case '+' -> "add";
                    case '-' -> "del";
                    default -> "same";
                };
        return new DiffView.Line(
                css,
                String.valueOf(line.kind()),
                line.oldNumber() == 0 ? "" : String.valueOf(line.oldNumber()),
                line.newNumber() == 0 ? "" : String.valueOf(line.newNumber()),
                line.text());
    }
}
