package dev.rondo.store;

import java.net.URI;
import java.nio.file.Path;

/** Which database: a file of SQLite's, or a PostgreSQL server. */
public sealed interface Database {

    record Sqlite(Path file) implements Database {}

    /** {@code url} is JDBC's, without user and password. */
    record Postgres(String url, String user, String password) implements Database {

        /** {@code postgresql://user:password@host:port/name}. */
        public static Postgres of(String address) {
            var uri = URI.create(address);
            var user = uri.getUserInfo() == null ? "" : uri.getUserInfo();
            int colon = user.indexOf(':');
            var port = uri.getPort() < 0 ? 5432 : uri.getPort();
            return new Postgres(
                    "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getPath(),
                    colon < 0 ? user : user.substring(0, colon),
                    colon < 0 ? "" : user.substring(colon + 1));
        }

        @Override
        public String toString() {
            return url;
        }
    }
}
