package dev.rondo.web;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A page of a list as GitHub's REST interface cuts it ("Using pagination in the REST API"): {@code
 * per_page} and {@code page} are asked for, the header {@code Link} names the pages beside it.
 *
 * @param server where the caller reaches this Rondo
 * @param size how many entries a page has
 * @param number counts from 1
 */
public record RestPage(URI server, int size, long number) {
    private static final int MOST = 100;
    private static final int USUAL = 30;

    public static RestPage of(Visit visit, URI server) {
        return new RestPage(
                server, asked(visit, "per_page", USUAL, MOST), asked(visit, "page", 1, 1_000_000));
    }

    private static int asked(Visit visit, String name, int usual, int most) {
        return visit.query(name)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Math.clamp(Integer.parseInt(text), 1, most))
                .orElse(usual);
    }

    /** How many entries stand on the pages before. */
    public long skipped() {
        return (number - 1) * size;
    }

    /** Of a list that is whole what stands on this page. */
    public <T> List<T> cut(List<T> all) {
        return all.stream().skip(skipped()).limit(size).toList();
    }

    /** {@code total_count} and this page's entries under a name. */
    public void answer(Visit visit, long total, String name, List<?> entries) {
        link(visit, total);
        var body = new LinkedHashMap<String, Object>();
        body.put("total_count", total);
        body.put(name, entries);
        visit.json(body);
    }

    /** The entries alone, as the older lists have it. */
    public void answer(Visit visit, long total, List<?> entries) {
        link(visit, total);
        visit.json(entries);
    }

    private void link(Visit visit, long total) {
        long last = Math.max(1, (total + size - 1) / size);
        var links = new ArrayList<String>();
        if (number > 1) {
            links.add(link(visit, Math.min(number - 1, last), "prev"));
        }
        if (number < last) {
            links.add(link(visit, number + 1, "next"));
            links.add(link(visit, last, "last"));
        }
        if (number > 1) {
            links.add(link(visit, 1, "first"));
        }
        if (!links.isEmpty()) {
            visit.http().header("Link", String.join(", ", links));
        }
    }

    private String link(Visit visit, long page, String relation) {
        var query = new ArrayList<String>();
        visit.http()
                .queryParamMap()
                .forEach((name, values) ->
                        values.stream()
                                .filter(value -> !name.equals("page"))
                                .forEach(value -> query.add(pair(name, value))));
        query.add("page=" + page);
        return "<%s%s?%s>; rel=\"%s\""
                .formatted(server, visit.http().path(), String.join("&", query), relation);
    }

    private static String pair(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
