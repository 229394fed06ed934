package dev.rondo.deploying.router;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What a client sees when the router itself has to answer: HTML, JSON or text, as it asks for. */
final class ErrorPages {

    private static final String TEXTS = "dev.rondo.deploying.router.texts";
    private static final ResourceBundle.Control ENGLISH_AT_LAST =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();

    void write(Request request, Response response, Callback callback, int status) {
        var accept = request.getHeaders().get(HttpHeader.ACCEPT);
        var type =
                accept != null && accept.contains("text/html")
                        ? "text/html"
                        : accept != null && accept.contains("json")
                                ? "application/json"
                                : "text/plain";
        boolean german = Request.getLocales(request).getFirst().getLanguage().equals("de");
        var page =
                pages.computeIfAbsent(
                        status + type + german,
                        key -> page(status, type, german ? Locale.GERMAN : Locale.ENGLISH));
        response.setStatus(status);
        var headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, type + ";charset=utf-8");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put(HttpHeader.CONTENT_LENGTH, page.length);
        if (status == 503) {
            headers.put(HttpHeader.RETRY_AFTER, "2");
        }
        response.write(true, ByteBuffer.wrap(page), callback);
    }

    private static byte[] page(int status, String type, Locale locale) {
        var texts = ResourceBundle.getBundle(TEXTS, locale, ENGLISH_AT_LAST);
        var title = texts.getString("deploying.router." + status + ".title");
        var what = texts.getString("deploying.router." + status + ".text");
        var page =
                switch (type) {
                    case "text/html" ->
                            """
                            <!doctype html>
                            <html lang="%s"><head><meta charset="utf-8"><title>%d %s</title>
                            <meta name="viewport" content="width=device-width, initial-scale=1">
                            <style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,\
                            sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}\
                            small{opacity:.6}</style></head>
                            <body><h1>%s</h1><p>%s</p><small>%d · Rondo</small></body></html>
                            """
                                    .formatted(
                                            locale.getLanguage(),
                                            status,
                                            title,
                                            title,
                                            what,
                                            status);
                    case "application/json" ->
                            "{\"status\":%d,\"title\":\"%s\",\"detail\":\"%s\"}\n"
                                    .formatted(status, title, what);
                    default -> "%d %s\n%s\n".formatted(status, title, what);
                };
        return page.getBytes(StandardCharsets.UTF_8);
    }
}
