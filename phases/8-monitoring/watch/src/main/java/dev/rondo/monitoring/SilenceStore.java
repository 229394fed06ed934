package dev.rondo.monitoring;

import dev.rondo.access.Outcome;
import dev.rondo.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Table {@code monitoring_silence}. */
final class SilenceStore {

    /** So many may last at the same time in a project. */
    static final int MOST = 100;

    /** What has ended is shown for this long, and then forgotten. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final String SELECT =
            "SELECT id, project, matchers, comment, account, created_at, ends_at, ended_by FROM"
                    + " monitoring_silence ";

    private SilenceStore() {}

    /**
     * @return false when too many last already
     */
    static boolean add(Tx tx, Silence silence) {
        tx.sql()
                .createUpdate("DELETE FROM monitoring_silence WHERE ends_at < ?")
                .bind(0, silence.createdAt() - KEPT.toNanos() / 1000)
                .execute();
        return tx.sql()
                        .createUpdate(
                                "INSERT INTO monitoring_silence (id, project, matchers, comment,"
                                        + " account, created_at, ends_at, ended_by) SELECT :id,"
                                        + " :project, :matchers, :comment, :account, :created,"
                                        + " :ends, '' WHERE (SELECT COUNT(*) FROM"
                                        + " monitoring_silence WHERE project = :project AND"
                                        + " ended_by = '' AND ends_at > :created) < "
                                        + MOST)
                        .bind("id", silence.id())
                        .bind("project", silence.project())
                        .bind("matchers", silence.matchers().text())
                        .bind("comment", silence.comment())
                        .bind("account", silence.account())
                        .bind("created", silence.createdAt())
                        .bind("ends", silence.endsAt())
                        .execute()
                == 1;
    }

    /**
     * @return its matchers; empty when there is none that lasts
     */
    static Optional<String> end(Tx tx, String project, String id, String account, long now) {
        return tx.sql()
                .createQuery(
                        "UPDATE monitoring_silence SET ended_by = :account, ends_at = :now WHERE"
                                + " project = :project AND id = :id AND ended_by = '' AND ends_at"
                                + " > :now RETURNING matchers")
                .bind("account", account)
                .bind("now", now)
                .bind("project", project)
                .bind("id", id)
                .mapTo(String.class)
                .findFirst();
    }

    /** Those that last: of a project, or of all for the empty name. */
    static List<Silence> lasting(Handle sql, String project, long now) {
        return sql.createQuery(
                        SELECT
                                + "WHERE (project = :project OR :project = '') AND ended_by = ''"
                                + " AND ends_at > :now ORDER BY ends_at, id LIMIT 2000")
                .bind("project", project)
                .bind("now", now)
                .map(SilenceStore::row)
                .list();
    }

    /** Those of a project that have ended, the last one first. */
    static List<Silence> ended(Handle sql, String project, long now) {
        return sql.createQuery(
                        SELECT
                                + "WHERE project = :project AND (ended_by <> '' OR ends_at <= :now)"
                                + " ORDER BY ends_at DESC, id LIMIT 50")
                .bind("project", project)
                .bind("now", now)
                .map(SilenceStore::row)
                .list();
    }

    private static Silence row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Silence(
                row.getString(1),
                row.getString(2),
                read(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                row.getString(8));
    }

    /** Matchers that this version cannot read silence nothing. */
    private static Matchers read(String text) {
        return switch (Matchers.read(text)) {
            case Outcome.Done<Matchers> done -> done.value();
            case Outcome.Refused<Matchers> refused ->
                    new Matchers(
                            List.of(
                                    new Matchers.Matcher(
                                            "alertname",
                                            "=",
                                            "",
                                            java.util.regex.Pattern.compile(""))),
                            text);
        };
    }
}
