package dev.rondo.store;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** One run over the migrations of all modules, in the order of their versions. */
final class Migrations {

    private Migrations() {}

    /**
     * @param where names the database in messages, without its password
     */
    static void run(DataSource source, List<String> folders, String binaryType, String where) {
        if (folders.isEmpty()) {
            return;
        }
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
