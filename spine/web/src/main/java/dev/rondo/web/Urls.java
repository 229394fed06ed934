package dev.rondo.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Parts of paths. */
public final class Urls {

    private Urls() {}

    /** One segment of a path or one value of a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A path of this server as it was sent to us, or another where it is none. */
    static String local(String path, String otherwise) {
        boolean isLocal =
                path.startsWith("/")
                        && !path.startsWith("//")
                        && path.chars().allMatch(sign -> sign > ' ' && sign < 127 && sign != '\\');
        return isLocal ? path : otherwise;
    }

    /** A path whose slashes stay. */
    public static String path(String path) {
        return encode(path).replace("%2F", "/");
    }
}
