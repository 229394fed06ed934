package dev.rondo.triggers;

import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The table of workflows: their numbers, names and whether they are switched off. */
public final class WorkflowRows {
    private static final String SELECT =
            "SELECT project, file, number, name, state, created_at, updated_at"
                    + " FROM building_workflows ";

    private WorkflowRows() {}

    public static List<WorkflowRow> all(Handle sql, String project) {
        return sql.createQuery(SELECT + "WHERE project = ? ORDER BY file")
                .bind(0, project)
                .map((r, c) -> row(r))
                .list();
    }

    /** By its file, the file's name, or its number. */
    public static Optional<WorkflowRow> find(Handle sql, String project, String wanted) {
        if (wanted.matches("[0-9]{1,18}")) {
            return sql.createQuery(SELECT + "WHERE project = ? AND number = ?")
                    .bind(0, project)
                    .bind(1, Long.parseLong(wanted))
                    .map((r, c) -> row(r))
                    .findOne();
        }
        String file =
                wanted.startsWith(WorkflowFiles.FOLDER)
                        ? wanted
                        : WorkflowFiles.FOLDER + "/" + wanted;
        return sql.createQuery(SELECT + "WHERE project = ? AND file = ?")
                .bind(0, project)
                .bind(1, file)
                .map((r, c) -> row(r))
                .findOne();
    }

    static Set<String> disabled(Handle sql, String project) {
        return new HashSet<>(
                sql.createQuery(
                                "SELECT file FROM building_workflows WHERE project = ? AND state = ?")
                        .bind(0, project)
                        .bind(1, WorkflowRow.DISABLED)
                        .mapTo(String.class)
                        .list());
    }

    /** Remembers a file under its newest name; a new one gets the next number. */
    static void note(Tx tx, String project, String file, String name) {
        long now = Micros.now();
        int changed =
                tx.sql()
                        .execute(
                                "UPDATE building_workflows SET name = ?, updated_at ="
                                        + " CASE WHEN name = ? THEN updated_at ELSE ? END"
                                        + " WHERE project = ? AND file = ?",
                                name,
                                name,
                                now,
                                project,
                                file);
        if (changed == 0) {
            tx.sql()
                    .execute(
                            "INSERT INTO building_workflows (project, file, number, name, state,"
                                    + " created_at, updated_at) SELECT ?, ?, COALESCE(MAX(number), 0) + 1,"
                                    + " ?, ?, ?, ? FROM building_workflows WHERE project = ?",
                            project,
                            file,
                            name,
                            WorkflowRow.ACTIVE,
                            now,
                            now,
                            project);
        }
    }

    /** False where it had that state already. */
    public static boolean put(Tx tx, WorkflowRow row, String state) {
        return tx.sql()
                        .execute(
                                "UPDATE building_workflows SET state = ?, updated_at = ?"
                                        + " WHERE project = ? AND file = ? AND state <> ?",
                                state,
                                Micros.now(),
                                row.project(),
                                row.file(),
                                state)
                == 1;
    }

    private static WorkflowRow row(ResultSet r) throws SQLException {
        return new WorkflowRow(
                r.getString(1),
                r.getString(2),
                r.getLong(3),
                r.getString(4),
                r.getString(5),
                r.getLong(6),
                r.getLong(7));
    }
}
