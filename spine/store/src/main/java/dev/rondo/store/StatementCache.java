package dev.rondo.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the statements of one connection prepared: SQLite parses and plans a statement anew each
 * time it is prepared, which costs more than running most of ours. For one thread, and for
 * statements that return no generated keys (what is wanted back is said by {@code RETURNING}).
 */
final class StatementCache extends DefaultStatementBuilder {

    /** More than Rondo's writes have; a statement with a list of values has a text per length. */
    private static final int MOST = 256;

    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>(64, 0.75f, true);

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context)
            throws SQLException {
        var known = idle.remove(sql);
        return known != null ? known : super.create(connection, sql, context);
    }

    @Override
    public void close(Connection connection, String sql, java.sql.Statement statement)
            throws SQLException {
        if (!(statement instanceof PreparedStatement prepared)
                || prepared.isClosed()
                || idle.containsKey(sql)) {
            statement.close();
            return;
        }
        prepared.clearParameters();
        prepared.clearBatch();
        idle.put(sql, prepared);
        if (idle.size() > MOST) {
            var eldest = idle.entrySet().iterator();
            eldest.next().getValue().close();
            eldest.remove();
        }
    }

    @Override
    public void close(Connection connection) {
        for (var statement : idle.values()) {
            try {
                statement.close();
            } catch (SQLException closedWithItsConnection) {
                // Nothing is left to do for it.
            }
        }
        idle.clear();
    }
}
