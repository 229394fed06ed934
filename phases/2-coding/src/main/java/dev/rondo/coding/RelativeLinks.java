package dev.rondo.coding;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.regex.Pattern;

/**
 * Points the relative links and pictures of a rendered file at the repository. Works on HTML that
 * the sanitizer has written, where every attribute stands in double quotes.
 *
 * @param folder of the file that holds the links
 */
record RelativeLinks(CodeUrls urls, String at, String folder) {

    private static final Pattern TARGET =
            Pattern.compile(
                    "(<a [^>]*?href|<img [^>]*?src)=\"(?![a-zA-Z][a-zA-Z0-9+.-]*:|/|#)([^\"]+)\"");

    String rewrite(String html) {
        return TARGET.matcher(html)
                .replaceAll(match ->
                        java.util.regex.Matcher.quoteReplacement(
                                match.group(1)
                                        + "=\""
                                        + target(match.group(1), match.group(2))
                                        + "\""));
    }

    private String target(String tag, String written) {
        int hash = written.indexOf('#');
        String fragment = hash < 0 ? "" : written.substring(hash);
        String path = inRepository(hash < 0 ? written : written.substring(0, hash));
        String url = tag.startsWith("<img") ? urls.raw(at, path) : urls.files(at, path);
        return url.replace("&", "&amp;") + fragment;
    }

    /** Dots that lead above the root end there. */
    private String inRepository(String written) {
        String path = written.replace("&amp;", "&").replaceFirst("\\?.*$", "");
        var parts = new ArrayDeque<String>();
        for (String part : (folder + "/" + decoded(path)).split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }
}
