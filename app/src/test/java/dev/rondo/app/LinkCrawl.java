package dev.rondo.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Follows every link of every page from the first one on, as one account or signed out. Of pages
 * that differ by a number or a hash only, some are read.
 */
final class LinkCrawl {

    private static final int ALIKE = 6;
    private static final Pattern LINK =
            Pattern.compile("<[a-z][^<>]*?\\s(?:href|src|hx-get|data-chart)=\"([^\"]*)\"");
    private static final Pattern MARK = Pattern.compile(" id=\"([^\"]+)\"");
    private static final Pattern VARYING =
            Pattern.compile(
                    "[0-9a-f]{32,64}|[0-9a-f]{8}-[0-9a-f-]{27}|\\d+|(?<=/files/)[^?]+|(?<==)[^&]+");

    /** A link with its answer, and the page that has it. */
    record Answered(int status, String path, String on) {}

    private final URI base;
    private final String authorization;
    private final Map<String, Answered> answers = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Integer> alike = new HashMap<>();
    private final Deque<Answered> waiting = new ArrayDeque<>();

    private LinkCrawl(URI base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    static LinkCrawl signedOut(URI base) {
        return new LinkCrawl(base, "");
    }

    /** With an access token: a password would be hashed again for each page. */
    static LinkCrawl as(URI base, String account, String password) {
        var token = DemoAccount.make(new DemoServer(base), "", account, password);
        return new LinkCrawl(base, "Bearer " + token);
    }

    /** Texts without a translation, and links to places that their page does not have. */
    List<String> faults() {
        return faults;
    }

    List<Answered> answers() {
        return List.copyOf(answers.values());
    }

    LinkCrawl from(List<String> paths) throws IOException, InterruptedException {
        paths.forEach(path -> offer(path, ""));
        try (var http = HttpClient.newHttpClient()) {
            while (!waiting.isEmpty()) {
                read(http, waiting.poll());
            }
        }
        return this;
    }

    private void read(HttpClient http, Answered link) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(base.resolve(link.path()))
                        .timeout(Duration.ofSeconds(30))
                        .header("Accept", "text/html,application/json");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        answers.put(link.path(), new Answered(answer.statusCode(), link.path(), link.on()));
        answer.headers().firstValue("Location").ifPresent(to -> follow(link.path(), to, Set.of()));
        boolean isPage =
                answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html");
        if (isPage) {
            look(link.path(), answer.body());
        }
    }

    private void look(String path, String page) {
        if (page.contains("⟦")) {
            faults.add(path + " has a text without a translation");
        }
        Set<String> marks = new HashSet<>();
        MARK.matcher(page).results().forEach(mark -> marks.add(mark.group(1)));
        LINK.matcher(page)
                .results()
                .forEach(link -> follow(path, link.group(1).replace("&amp;", "&"), marks));
    }

    private void follow(String page, String link, Set<String> marks) {
        if (link.isEmpty() || link.startsWith("data:")) {
            return; // htmx takes an empty address for the page itself.
        }
        if (link.startsWith("#")) {
            if (!marks.contains(link.substring(1))) {
                faults.add(page + " has no place " + link);
            }
            return;
        }
        // Java resolves a bare query against the folder, browsers against the page.
        var relative = link.startsWith("?") ? page.replaceFirst("\\?.*", "") + link : link;
        var there = base.resolve(page).resolve(relative);
        if (base.getAuthority().equals(there.getAuthority())) {
            offer(
                    there.getRawPath()
                            + (there.getRawQuery() == null ? "" : "?" + there.getRawQuery()),
                    page);
        }
    }

    /** A stream of live updates never ends, so it is not read. */
    private void offer(String path, String on) {
        boolean endless = path.contains("/live?") || path.endsWith("/live");
        boolean known = answers.containsKey(path) || endless;
        if (known || alike.merge(VARYING.matcher(path).replaceAll("N"), 1, Integer::sum) > ALIKE) {
            return;
        }
        answers.put(path, new Answered(0, path, on));
        waiting.add(new Answered(0, path, on));
    }
}
