package dev.rondo.web;

import java.util.Set;

/** The links to the first, previous, next and last page of a list that is paged by key. */
final class Pager {

    private static final Set<String> OWN = Set.of("after", "before", "last");

    private Pager() {}

    static Html render(Visit visit, Paging.Slice<?> slice) {
        var html =
                Html.of("nav")
                        .attr("class", "pager")
                        .attr("aria-label", visit.text("web.pager.label"));
        if (slice.before().isPresent()) {
            step(html, visit, "", "web.pager.first", "");
            step(
                    html,
                    visit,
                    "before=" + Urls.encode(slice.before().get()),
                    "web.pager.before",
                    "prev");
        }
        if (slice.after().isPresent()) {
            step(
                    html,
                    visit,
                    "after=" + Urls.encode(slice.after().get()),
                    "web.pager.after",
                    "next");
            step(html, visit, "last", "web.pager.last", "");
        }
        return html.close();
    }

    private static void step(Html html, Visit visit, String query, String key, String rel) {
        html.open("a")
                .attr("class", "button quiet")
                .attr("href", visit.http().path() + query(visit, query))
                .attrIf(!rel.isEmpty(), "rel", rel)
                .text(visit.text(key))
                .close();
    }

    private static String query(Visit visit, String own) {
        var query = new StringBuilder();
        visit.http()
                .queryParamMap()
                .forEach((name, values) -> {
                    if (!OWN.contains(name)) {
                        values.forEach(value -> append(query, name, value));
                    }
                });
        if (!own.isEmpty()) {
            query.append(query.isEmpty() ? '?' : '&').append(own);
        }
        return query.toString();
    }

    private static void append(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? '?' : '&')
                .append(Urls.encode(name))
                .append('=')
                .append(Urls.encode(value));
    }
}
