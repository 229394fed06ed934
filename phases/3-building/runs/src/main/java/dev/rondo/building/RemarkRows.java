package dev.rondo.building;

import dev.rondo.building.view.RemarkView;
import java.util.LinkedHashMap;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What all runs of a commit remarked about it, or about one of its files; each thing once. */
final class RemarkRows {
    private static final int MOST = 200;

    private RemarkRows() {}

    /** An empty file stands for all. */
    static List<RemarkView> of(Handle sql, String project, String commit, String file) {
        var seen = new LinkedHashMap<String, RemarkView>();
        sql.createQuery(
                        "SELECT r.name, r.number, a.level, a.title, a.message, a.file, a.line"
                                + " FROM building_runs r JOIN building_annotations a ON a.run = r.id"
                                + " WHERE r.project = ? AND r.commit_id = ? AND r.latest = TRUE"
                                + " AND a.file <> ''"
                                + " AND (a.file = ? OR ? = '')"
                                + " ORDER BY r.number DESC, a.file, a.line, a.place LIMIT ?")
                .bind(0, project)
                .bind(1, commit)
                .bind(2, file)
                .bind(3, file)
                .bind(4, MOST)
                .map((r, c) ->
                        new RemarkView(
                                r.getString(1) + " #" + r.getLong(2),
                                r.getString(3),
                                r.getString(4),
                                r.getString(5),
                                r.getString(6),
                                r.getInt(7)))
                .forEach(one ->
                        seen.putIfAbsent(
                                one.level() + one.place() + one.title() + "\n" + one.message(),
                                one));
        return List.copyOf(seen.values());
    }
}
