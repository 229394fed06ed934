package dev.rondo.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Which database: a file of SQLite's, or a PostgreSQL server. */
public sealed interface Database {

    record Sqlite(Path file) implements Database {}

    /** {@code url} is JDBC's, without user and password. */
    record Postgres(String url, String user, String password) implements Database {

        /**
         * {@code postgresql://user:password@host:port/name?parameters}.
         *
         * @throws IllegalArgumentException saying what is wrong with it, without the password
         */
        public static Postgres of(String address) {
            URI uri;
            try {
                uri = new URI(address);
            } catch (URISyntaxException malformed) {
                throw new IllegalArgumentException(
                        "special characters of a password are written as %40 and the like");
            }
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("it names no host");
            }
            if (uri.getPath().length() < 2) {
                throw new IllegalArgumentException("it names no database");
            }
            var user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
            int colon = user.indexOf(':');
            var port = uri.getPort() < 0 ? 5432 : uri.getPort();
            return new Postgres(
                    "jdbc:postgresql://"
                            + uri.getHost()
                            + ":"
                            + port
                            + uri.getRawPath()
                            + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
                    decoded(colon < 0 ? user : user.substring(0, colon)),
                    decoded(colon < 0 ? "" : user.substring(colon + 1)));
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return url.replaceFirst("\\?.*", "");
        }
    }
}
