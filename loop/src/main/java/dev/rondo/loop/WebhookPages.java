package dev.rondo.loop;

import dev.rondo.journal.Kind;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where an owner says which events leave for where. */
final class WebhookPages {

    private static final Set<String> KINDS =
            Arrays.stream(Kind.values())
                    .map(Kind::word)
                    .collect(Collectors.toCollection(TreeSet::new));

    private final Webhooks webhooks;

    WebhookPages(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/webhooks", May.OWN, this::page);
        routes.post("/projects/{project}/webhooks", May.OWN, this::create);
        routes.post("/projects/{project}/webhooks/{id}/deletion", May.OWN, this::delete);
    }

    private void page(Visit visit) {
        visit.page(
                Page.titled(visit.text("loop.webhook.title"))
                        .style(HomePages.STYLE)
                        .menu("loop.menu.webhooks"),
                HomePages.TEMPLATES.webhooks(visit, webhooks.list(visit.project().name()), KINDS));
    }

    private void create(Visit visit) {
        var address = visit.param("url").strip();
        if (!address.matches("https?://[^\\s/?#]+\\S*") || address.length() > 500) {
            visit.refuse(Refusal.of("loop.webhook.url").at("url"));
            return;
        }
        if (visit.param("secret").strip().length() < 16) {
            visit.refuse(Refusal.of("loop.chat.secret").at("secret"));
            return;
        }
        var kinds = new TreeSet<>(Arrays.asList(visit.param("kinds").strip().split("[\\s,]+")));
        kinds.remove("");
        for (var kind : kinds) {
            if (!KINDS.contains(kind)) {
                visit.refuse(Refusal.of("loop.webhook.kind", kind).at("kinds"));
                return;
            }
        }
        webhooks.create(
                visit.project().name(), URI.create(address), visit.param("secret").strip(), kinds);
        visit.notice("loop.webhook.created");
        visit.redirect("/projects/" + visit.project().name() + "/webhooks");
    }

    private void delete(Visit visit) {
        webhooks.delete(visit.project().name(), visit.param("id"));
        visit.notice("loop.webhook.deleted");
        visit.redirect("/projects/" + visit.project().name() + "/webhooks");
    }
}
