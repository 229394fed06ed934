package dev.rondo.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * One run over the migrations of all modules, in the order of their versions. A database that has
 * just what this program brings is left as it is: to find that out costs a query instead of a
 * quarter of the whole start.
 */
final class Migrations {

    private Migrations() {}

    /**
     * @param where names the database in messages, without its password
     */
    static void run(DataSource source, List<String> folders, String binaryType, String where) {
        if (folders.isEmpty()) {
            return;
        }
        var digest = MigrationFiles.digest(folders);
        if (!digest.equals(known(source))) {
            migrate(source, folders, binaryType, where);
            remember(source, digest, where);
        }
    }

    /**
     * What the last program to migrate brought; empty when there was none, or when there are other
     * migrations than it left, as of a newer one that was killed in between.
     */
    private static String known(DataSource source) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT digest FROM rondo_schema WHERE migrations ="
                                        + " (SELECT count(*) FROM rondo_migrations)")) {
            return row.next() ? row.getString(1) : "";
        } catch (SQLException noTable) {
            return "";
        }
    }

    private static void remember(DataSource source, String digest, String where) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS rondo_schema"
                            + " (one INTEGER PRIMARY KEY, digest TEXT NOT NULL,"
                            + " migrations BIGINT NOT NULL)");
            statement.execute(
                    "INSERT INTO rondo_schema (one, digest, migrations) SELECT 1, '"
                            + digest
                            + "', count(*) FROM rondo_migrations WHERE 1 = 1 ON CONFLICT (one) DO"
                            + " UPDATE SET digest = excluded.digest,"
                            + " migrations = excluded.migrations");
        } catch (SQLException failed) {
            throw Troubles.told(where, "the database " + where + " cannot be prepared: ", failed);
        }
    }

    private static void migrate(
            DataSource source, List<String> folders, String binaryType, String where) {
        var flyway =
                Flyway.configure()
                        .dataSource(source)
                        .locations(
                                folders.stream()
                                        .map(folder -> "classpath:" + folder)
                                        .toArray(String[]::new))
                        .table("rondo_migrations")
                        .placeholders(Map.of("blob", binaryType))
                        // A phase may add a migration that is older than another phase's last one.
                        .outOfOrder(true)
                        // What the program does not know was written by a newer one.
                        .ignoreMigrationPatterns(new String[0])
                        .failOnMissingLocations(true)
                        .load();
        try {
            flyway.migrate();
        } catch (FlywayValidateException newer) {
            throw new StoreFailure(
                    StoreFailure.Category.NEWER_SCHEMA,
                    "the database "
                            + where
                            + " was written by a newer version of Rondo than this one; start the"
                            + " newer version, or restore the backup from before it",
                    newer);
        } catch (FlywayException failed) {
            throw Troubles.told(where, "the database " + where + " cannot be prepared: ", failed);
        }
    }
}
