package dev.rondo.deploying.router;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Header fields that concern one connection only, and are not passed on (RFC 9110, 7.6.1). */
final class HopHeaders {

    private static final Set<HttpHeader> HOP =
            EnumSet.of(
                    HttpHeader.CONNECTION,
                    HttpHeader.KEEP_ALIVE,
                    HttpHeader.PROXY_AUTHORIZATION,
                    HttpHeader.PROXY_AUTHENTICATE,
                    HttpHeader.PROXY_CONNECTION,
                    HttpHeader.TRANSFER_ENCODING,
                    HttpHeader.TE,
                    HttpHeader.TRAILER,
                    HttpHeader.UPGRADE);

    private HopHeaders() {}

    static boolean is(HttpField field, @Nullable Set<String> named) {
        var header = field.getHeader();
        if (header != null && HOP.contains(header)) {
            return true;
        }
        return named != null && named.contains(field.getLowerCaseName());
    }

    /** What the Connection field names beside the usual, in lower case. */
    static @Nullable Set<String> named(HttpFields fields) {
        var connection = fields.getField(HttpHeader.CONNECTION);
        if (connection == null || isUsual(connection.getValue())) {
            return null;
        }
        var named = new HashSet<String>();
        for (var name : fields.getCSV(HttpHeader.CONNECTION, false)) {
            named.add(name.toLowerCase(Locale.ROOT));
        }
        // These are needed at the other end whatever a sender says.
        named.remove("host");
        named.remove("content-length");
        named.remove("cookie");
        named.remove("authorization");
        return named;
    }

    private static boolean isUsual(@Nullable String value) {
        return value == null
                || value.equalsIgnoreCase("keep-alive")
                || value.equalsIgnoreCase("close");
    }
}
