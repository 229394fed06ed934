package dev.rondo.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells what a database throws from what its disk does not take. */
final class Troubles {

    /** SQLite's codes, extended ones too, for a disk that does not take what is written. */
    private static final Set<SQLiteErrorCode> FULL =
            Set.of(
                    SQLiteErrorCode.SQLITE_FULL,
                    SQLiteErrorCode.SQLITE_IOERR_WRITE,
                    SQLiteErrorCode.SQLITE_IOERR_FSYNC,
                    SQLiteErrorCode.SQLITE_IOERR_TRUNCATE,
                    SQLiteErrorCode.SQLITE_IOERR_SHMSIZE);

    private Troubles() {}

    /** The failure as it is, unless the disk is full: then that is what is said. */
    static Throwable ofDisk(String where, Throwable failed) {
        for (Throwable at = failed; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && isFull(sql)) {
                return StoreFailure.full("to " + where, failed);
            }
        }
        return failed;
    }

    static StoreFailure told(String where, String said, Throwable failed) {
        return ofDisk(where, failed) instanceof StoreFailure full
                ? full
                : new StoreFailure(
                        StoreFailure.Category.DATABASE, said + rootMessage(failed), failed);
    }

    private static boolean isFull(SQLException failed) {
        return failed instanceof SQLiteException sqlite
                ? FULL.contains(sqlite.getResultCode())
                // PostgreSQL: disk_full
                : "53100".equals(failed.getSQLState());
    }

    /** One line: what the innermost cause says. */
    static String rootMessage(Throwable thrown) {
        var root = thrown;
        while (root.getCause() != null && !(root instanceof IOException)) {
            root = root.getCause();
        }
        return oneLine(root.getMessage());
    }

    static String oneLine(@Nullable String text) {
        return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
