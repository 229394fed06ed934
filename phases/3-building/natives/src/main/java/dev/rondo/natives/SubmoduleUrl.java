package dev.rondo.natives;

import java.net.URI;
import java.util.List;

/** Addresses of submodules, as {@code gitsubmodules(7)} resolves them. */
final class SubmoduleUrl {
    private SubmoduleUrl() {}

    /** A relative address counts from the repository's own; each {@code ../} takes one part off. */
    static String resolve(String parent, String url) {
        if (!url.startsWith("./") && !url.startsWith("../")) {
            return url;
        }
        String base = parent.replaceFirst("/+$", "");
        String rest = url;
        while (rest.startsWith("./") || rest.startsWith("../")) {
            if (rest.startsWith("../")) {
                int cut = base.lastIndexOf('/');
                base = cut < 0 ? base : base.substring(0, cut);
                rest = rest.substring(3);
            } else {
                rest = rest.substring(2);
            }
        }
        return base + "/" + rest.replaceFirst("/+$", "");
    }

    /**
     * What an address names on a server that has these names, without {@code .git}; empty where it
     * leads elsewhere.
     */
    static String below(List<String> servers, String url) {
        return servers.stream()
                .map(server -> below(server, url))
                .filter(path -> !path.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String below(String server, String url) {
        String host = String.valueOf(URI.create(server).getHost());
        for (String start :
                new String[] {server + "/", "git@" + host + ":", "ssh://git@" + host + "/"}) {
            if (url.startsWith(start)) {
                return url.substring(start.length())
                        .replaceFirst("/+$", "")
                        .replaceFirst("\\.git$", "");
            }
        }
        return "";
    }
}
