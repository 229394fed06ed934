package dev.rondo.coding;

import dev.rondo.web.Urls;

/** The addresses of coding's pages within one project. */
record CodeUrls(String project) {

    String base() {
        return "/projects/" + Urls.encode(project) + "/coding";
    }

    String files(String at, String path) {
        return with(base() + "/files" + (path.isEmpty() ? "" : "/" + Urls.path(path)), "at", at);
    }

    String raw(String at, String path) {
        return with(base() + "/raw/" + Urls.path(path), "at", at);
    }

    String commits(String at, String path) {
        String all = with(base() + "/commits", "at", at);
        return path.isEmpty() ? all : all + "&path=" + Urls.encode(path);
    }

    String commit(String id) {
        return base() + "/commits/" + id;
    }

    String comparison(String from, String to) {
        return with(base() + "/comparison", "from", from) + "&to=" + Urls.encode(to);
    }

    String branches() {
        return base() + "/branches";
    }

    String tags() {
        return base() + "/tags";
    }

    private static String with(String path, String name, String value) {
        return path + "?" + name + "=" + Urls.encode(value);
    }
}
