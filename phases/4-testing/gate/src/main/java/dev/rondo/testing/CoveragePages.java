package dev.rondo.testing;

import dev.rondo.testing.reports.Lines;
import dev.rondo.testing.view.EvidenceView;
import dev.rondo.testing.view.SourceView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Coverage of files: the rows of the table, and a file with its lines. */
final class CoveragePages {
    private static final int SOURCE_LINES = 5000;

    private CoveragePages() {}

    /** What is known of one file. */
    record Stored(Lines lines, Lines covered, Lines changed) {}

    static EvidenceView.File file(ResultSet row, RunKey key) throws SQLException {
        var path = row.getString("path");
        var missed =
                Lines.parse(row.getString("changed"))
                        .without(Lines.parse(row.getString("covered")));
        var href =
                "/projects/"
                        + key.project()
                        + "/testing/runs/"
                        + key.run()
                        + "/source?path="
                        + URLEncoder.encode(path, StandardCharsets.UTF_8);
        int total = row.getInt("lines_total");
        return new EvidenceView.File(
                path,
                row.getInt("known") == 1 ? href : "",
                row.getInt("lines_covered"),
                total,
                ReportOutput.percent(row.getInt("lines_covered"), total),
                row.getInt("changed_covered"),
                row.getInt("changed_total"),
                Names.shorten(missed.toString().replace(",", ", "), 80));
    }

    static Optional<Stored> stored(Handle sql, RunKey key, String path) {
        return sql.createQuery(
                        "SELECT lines, covered, changed FROM testing_coverage"
                                + " WHERE project = ? AND run = ? AND path = ?")
                .bind(0, key.project())
                .bind(1, key.run())
                .bind(2, path)
                .map((row, ctx) ->
                        new Stored(
                                Lines.parse(row.getString(1)),
                                Lines.parse(row.getString(2)),
                                Lines.parse(row.getString(3))))
                .findFirst();
    }

    static SourceView source(String path, String text, Stored stored) {
        var lines = new ArrayList<SourceView.Line>();
        var all = text.split("\r?\n", -1);
        int count = all.length > 1 && all[all.length - 1].isEmpty() ? all.length - 1 : all.length;
        for (int i = 0; i < Math.min(count, SOURCE_LINES); i++) {
            int number = i + 1;
            var state =
                    stored.covered().contains(number)
                            ? "covered"
                            : stored.lines().contains(number) ? "missed" : "none";
            lines.add(
                    new SourceView.Line(
                            number,
                            state,
                            stored.changed().contains(number),
                            Names.shorten(all[i], 500)));
        }
        int total = stored.lines().count();
        int covered = stored.covered().count();
        return new SourceView(
                path,
                covered,
                total,
                ReportOutput.percent(covered, total),
                stored.changed().intersection(stored.covered()).count(),
                stored.changed().count(),
                lines,
                count > SOURCE_LINES);
    }
}
