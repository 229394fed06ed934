package dev.rondo.loop;

import dev.rondo.journal.Event;
import dev.rondo.journal.JournalReads;
import dev.rondo.loop.view.DeliveryView;
import dev.rondo.phase.Spine;
import dev.rondo.web.May;
import dev.rondo.web.Outgoing;
import dev.rondo.web.Page;
import dev.rondo.web.Paging;
import dev.rondo.web.Parts;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** For owners: each time that an event was sent to a receiver, what came back, and once more. */
final class DeliveryPages {

    private static final String PAGES = "/projects/{project}/webhooks/{id}/deliveries";
    private static final String API = "/api" + PAGES;
    private static final int SIZE = 30;
    private static final int MOST_CHARACTERS = 16_384;

    private final Spine spine;
    private final Webhooks webhooks;

    DeliveryPages(Spine spine, Webhooks webhooks) {
        this.spine = spine;
        this.webhooks = webhooks;
    }

    void routes(Routes routes) {
        routes.get(PAGES, May.OWN, this::list);
        routes.get(PAGES + "/{delivery}", May.OWN, this::one);
        routes.post(PAGES + "/{delivery}/attempts", May.OWN, this::repeat);
        routes.get(API, May.OWN, visit -> visit.json(listed(visit)));
        routes.get(API + "/{delivery}", May.OWN, visit -> visit.json(whole(visit)));
        routes.post(API + "/{delivery}/attempts", May.OWN, this::repeatByApi);
    }

    private void list(Visit visit) {
        var hook = hook(visit);
        visit.page(
                Page.titled(visit.text("loop.delivery.title"))
                        .trail(visit.text("loop.webhook.title"), path(visit, ""))
                        .style(HomePages.STYLE)
                        .menu("loop.menu.webhooks"),
                Parts.live(
                        visit,
                        HomePages.TEMPLATES.deliveries(
                                visit, Outgoing.bare(URI.create(hook.url())), slice(visit, hook))));
    }

    private static String path(Visit visit, String rest) {
        return "/projects/" + visit.project().name() + "/webhooks" + rest;
    }

    private WebhookStore.Hook hook(Visit visit) {
        return spine.store()
                .read(sql -> WebhookStore.find(sql, visit.project().name(), visit.param("id")))
                .orElseThrow(visit::missing);
    }

    private Paging.Slice<DeliveryView> slice(Visit visit, WebhookStore.Hook hook) {
        var paging = visit.paging(SIZE);
        var attempts = spine.store().read(sql -> Attempts.page(sql, hook.id(), paging));
        var slice = paging.slice(attempts, Attempt::id);
        var seqs = slice.rows().stream().map(Attempt::seq).collect(Collectors.toSet());
        Map<Long, Event> events = spine.store().read(sql -> JournalReads.all(sql, seqs));
        return slice.map(
                attempt -> view(visit, attempt, Objects.requireNonNull(events.get(attempt.seq()))));
    }

    private static DeliveryView view(Visit visit, Attempt attempt, Event event) {
        return new DeliveryView(
                attempt.id(),
                attempt.seq(),
                event.kind(),
                Abouts.of(visit, event),
                attempt.number(),
                attempt.at(),
                attempt.took(),
                attempt.status(),
                attempt.reason(),
                attempt.account());
    }

    private void one(Visit visit) {
        var whole = whole(visit);
        visit.page(
                Page.titled(visit.text("loop.delivery.one"))
                        .trail(visit.text("loop.webhook.title"), path(visit, ""))
                        .trail(
                                visit.text("loop.delivery.title"),
                                path(visit, "/" + visit.param("id") + "/deliveries"))
                        .style(HomePages.STYLE)
                        .menu("loop.menu.webhooks"),
                HomePages.TEMPLATES.delivery(visit, visit.param("id"), whole));
    }

    private DeliveryView.Whole whole(Visit visit) {
        var hook = hook(visit);
        var attempt = attempt(visit, hook);
        var event = spine.store().read(sql -> JournalReads.find(sql, attempt.seq())).orElseThrow();
        var request = webhooks.delivery(hook, event);
        var body = Pretty.json(request.body());
        return new DeliveryView.Whole(
                view(visit, attempt, event),
                attempt.detail(),
                Outgoing.shown(request, attempt.at()),
                body.substring(0, Math.min(MOST_CHARACTERS, body.length())),
                attempt.headers(),
                attempt.body());
    }

    private Attempt attempt(Visit visit, WebhookStore.Hook hook) {
        return spine.store()
                .read(sql -> Attempts.find(sql, hook.id(), visit.param("delivery")))
                .orElseThrow(visit::missing);
    }

    private void repeat(Visit visit) {
        again(visit);
        visit.notice("loop.delivery.again");
        visit.redirect(path(visit, "/" + visit.param("id") + "/deliveries"));
    }

    private void repeatByApi(Visit visit) {
        again(visit);
        visit.json(202, Map.of());
    }

    private void again(Visit visit) {
        var attempt = attempt(visit, hook(visit));
        webhooks.repeat(attempt, visit.project().name(), visit.caller().account());
    }

    private Map<String, Object> listed(Visit visit) {
        var slice = slice(visit, hook(visit));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("deliveries", slice.rows());
        slice.after().ifPresent(after -> answer.put("after", after));
        return answer;
    }
}
