package dev.rondo.deploying.router;

import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * A request to an instance whose path and query are passed on as they came: parsing and encoding
 * them again would cost time, and change what a client said.
 */
@NullUnmarked
final class UpstreamRequest extends HttpRequest {

    private final String rawPath;
    private final @Nullable String rawQuery;

    UpstreamRequest(HttpClient client, URI uri, String rawPath, @Nullable String rawQuery) {
        super(client, new HttpConversation(), uri);
        this.rawPath = rawPath;
        this.rawQuery = rawQuery;
    }

    @Override
    public String getPath() {
        return rawPath;
    }

    @Override
    public @Nullable String getQuery() {
        return rawQuery;
    }
}
