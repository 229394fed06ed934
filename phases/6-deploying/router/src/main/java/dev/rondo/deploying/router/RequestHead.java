package dev.rondo.deploying.router;

import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Copies a request's head for the instance, with what the router adds and takes away. */
final class RequestHead {

    private static final HttpField PROTO_HTTP =
            new PreEncodedHttpField(HttpHeader.X_FORWARDED_PROTO, "http");
    private static final HttpField UPGRADE =
            new PreEncodedHttpField(HttpHeader.CONNECTION, "Upgrade");
    private static final HttpField TE_TRAILERS = new PreEncodedHttpField(HttpHeader.TE, "trailers");

    private RequestHead() {}

    /**
     * @param trust whether the Forwarded fields that came with the request are believed: only
     *     behind a proxy that sets them itself
     */
    static void copy(
            Request client, HttpFields.Mutable to, Route.Protocol protocol, boolean trust) {
        var from = client.getHeaders();
        var named = HopHeaders.named(from);
        HttpField forwardedFor = null;
        HttpField forwardedProto = null;
        HttpField forwardedHost = null;
        HttpField host = null;
        for (var field : from) {
            if (isDropped(field, named)) {
                continue;
            }
            var header = field.getHeader();
            if (header != null) {
                switch (header) {
                    case HOST -> {
                        host = field;
                        continue;
                    }
                    case X_FORWARDED_FOR -> {
                        forwardedFor = trust ? field : null;
                        continue;
                    }
                    case X_FORWARDED_PROTO -> {
                        forwardedProto = trust ? field : null;
                        continue;
                    }
                    case X_FORWARDED_HOST -> {
                        forwardedHost = trust ? field : null;
                        continue;
                    }
                    case FORWARDED, X_FORWARDED_PORT, X_FORWARDED_SERVER -> {
                        if (!trust) {
                            continue;
                        }
                    }
                    default -> {
                        // All others go on as they are.
                    }
                }
            }
            to.add(field);
        }
        var authority = host == null ? authority(client) : host.getValue();
        if (protocol == Route.Protocol.HTTP1) {
            // HTTP/2 names the instance as authority, and both must be the same.
            to.add(HttpHeader.HOST, authority);
        }
        var remote = Request.getRemoteAddr(client);
        to.add(
                HttpHeader.X_FORWARDED_FOR,
                forwardedFor == null ? remote : forwardedFor.getValue() + ", " + remote);
        to.add(forwardedProto == null ? PROTO_HTTP : forwardedProto);
        to.add(
                forwardedHost == null
                        ? new HttpField(HttpHeader.X_FORWARDED_HOST, authority)
                        : forwardedHost);
        addHops(client, from, to);
    }

    /** What holds for one hop only, but is wanted on the next one too. */
    private static void addHops(Request client, HttpFields from, HttpFields.Mutable to) {
        if (UpgradeTunnel.isAskedFor(client)) {
            to.add(UPGRADE);
            to.add(HttpHeader.UPGRADE, from.get(HttpHeader.UPGRADE));
        } else if (from.contains(HttpHeader.TE, "trailers")) {
            to.add(TE_TRAILERS);
        }
    }

    private static String authority(Request client) {
        var authority = client.getHttpURI().getAuthority();
        return authority == null ? "" : authority;
    }

    private static boolean isDropped(HttpField field, @Nullable Set<String> named) {
        // The server answers "Expect: 100-continue" itself when the body is asked for.
        return HopHeaders.is(field, named) || field.getHeader() == HttpHeader.EXPECT;
    }
}
