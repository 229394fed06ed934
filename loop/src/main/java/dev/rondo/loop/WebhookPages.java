package dev.rondo.loop;

import dev.rondo.access.Outcome;
import dev.rondo.journal.Kind;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where an owner says which events leave for where. */
final class WebhookPages {

    private static final Set<String> KINDS =
            Arrays.stream(Kind.values())
                    .map(Kind::word)
                    .collect(Collectors.toCollection(TreeSet::new));

    private static final String API = "/api/projects/{project}/webhooks";
    private static final int SHORTEST_SECRET = 16;

    private final WebhookStore store;
    private final Webhooks webhooks;

    WebhookPages(WebhookStore store, Webhooks webhooks) {
        this.store = store;
        this.webhooks = webhooks;
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/webhooks", May.OWN, this::page);
        routes.post("/projects/{project}/webhooks", May.OWN, this::create);
        routes.post("/projects/{project}/webhooks/{id}/deletion", May.OWN, this::delete);
        routes.get(API, May.OWN, this::list);
        routes.post(API, May.OWN, this::createByApi);
        routes.delete(API + "/{id}", May.OWN, this::deleteByApi);
    }

    private void page(Visit visit) {
        visit.page(
                Page.titled(visit.text("loop.webhook.title"))
                        .style(HomePages.STYLE)
                        .menu("loop.menu.webhooks"),
                HomePages.TEMPLATES.webhooks(visit, store.list(visit.project().name()), KINDS));
    }

    private void create(Visit visit) {
        var kinds = visit.param("kinds").strip();
        var wish =
                new Wish(
                        visit.param("url"),
                        visit.param("secret"),
                        kinds.isEmpty() ? List.of() : List.of(kinds.split("[\\s,]+")));
        switch (created(visit, wish)) {
            case Outcome.Done<String> done -> {
                visit.notice("loop.webhook.created");
                visit.redirect("/projects/" + visit.project().name() + "/webhooks");
            }
            case Outcome.Refused<String> refused -> visit.refuse(Refusal.of(refused));
        }
    }

    /** No kinds means all of them. */
    record Wish(@Nullable String url, @Nullable String secret, @Nullable List<String> kinds) {}

    private void createByApi(Visit visit) {
        switch (created(visit, visit.body(Wish.class))) {
            case Outcome.Done<String> done -> visit.json(201, Map.of("id", done.value()));
            case Outcome.Refused<String> refused -> visit.refuse(Refusal.of(refused));
        }
    }

    private Outcome<String> created(Visit visit, Wish wish) {
        var address = wish.url() == null ? "" : wish.url().strip();
        if (!isHttp(address)) {
            return Outcome.refused("loop.webhook.url", "url");
        }
        var url = URI.create(address);
        if (!webhooks.allows(url)) {
            return Outcome.refused("loop.webhook.private", "url", url.getHost());
        }
        var secret = wish.secret() == null ? "" : wish.secret().strip();
        if (secret.length() < SHORTEST_SECRET) {
            return Outcome.refused("loop.chat.secret", "secret");
        }
        var kinds = wish.kinds() == null ? new TreeSet<String>() : new TreeSet<>(wish.kinds());
        kinds.remove("");
        for (var kind : kinds) {
            if (!KINDS.contains(kind)) {
                return Outcome.refused("loop.webhook.kind", "kinds", kind);
            }
        }
        var by = visit.caller().account();
        return Outcome.done(store.create(visit.project().name(), url, secret, kinds, by));
    }

    private void list(Visit visit) {
        visit.json(Map.of("webhooks", store.list(visit.project().name())));
    }

    private void deleteByApi(Visit visit) {
        if (!deleted(visit)) {
            throw visit.missing();
        }
        visit.http().status(204);
    }

    private boolean deleted(Visit visit) {
        return store.delete(visit.project().name(), visit.param("id"), visit.caller().account());
    }

    private static boolean isHttp(String address) {
        try {
            return address.length() <= 500
                    && address.matches("https?://\\S+")
                    && URI.create(address).getHost() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private void delete(Visit visit) {
        if (!deleted(visit)) {
            throw visit.missing();
        }
        visit.notice("loop.webhook.deleted");
        visit.redirect("/projects/" + visit.project().name() + "/webhooks");
    }
}
