package dev.rondo.operating;

import dev.rondo.access.Accounts;
import dev.rondo.operating.ChannelSettings.Mail;
import dev.rondo.operating.ChannelSettings.Webhook;
import dev.rondo.operating.view.MailView;
import dev.rondo.phase.Spine;
import dev.rondo.store.Ids;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import jakarta.mail.MessagingException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where notifications leave: a project's webhook, and the mail server of the installation. */
final class SettingsPages {

    private static final int SHORTEST_SECRET = 16;
    private static final List<String> SECURITY = List.of("none", "starttls", "tls");

    private final Spine spine;
    private final Outside outside;

    SettingsPages(Spine spine, Outside outside) {
        this.spine = spine;
        this.outside = outside;
    }

    void routes(Routes routes) {
        var webhook = "/projects/{project}/operating/notifications";
        routes.get(webhook, May.OWN, visit -> notifications(visit, Optional.empty()));
        routes.post(webhook, May.OWN, this::saveWebhook);
        routes.post(webhook + "/deletion", May.OWN, this::deleteWebhook);
        var api = "/api/projects/{project}/operating/webhook";
        routes.get(api, May.OWN, this::showWebhook);
        routes.put(api, May.OWN, this::putWebhook);
        routes.delete(api, May.OWN, this::removeWebhook);
        routes.get("/admin/mail", May.ADMIN, visit -> mail(visit, Optional.empty()));
        routes.post("/admin/mail", May.ADMIN, this::saveMail);
        routes.post("/admin/mail/deletion", May.ADMIN, this::deleteMail);
        routes.post("/admin/mail/trial", May.ADMIN, this::tryMail);
    }

    private static String path(Visit visit) {
        return "/projects/" + visit.project().name() + "/operating/notifications";
    }

    private void notifications(Visit visit, Optional<Refusal> refusal) {
        var url =
                spine.store()
                        .read(sql -> ChannelSettings.webhookUrl(sql, visit.project().name()))
                        .orElse("");
        boolean mail = spine.store().read(outside::mailConfigured);
        visit.page(
                Page.titled(visit.text("operating.notifications"))
                        .menu("operating.menu.notifications")
                        .status(refusal.map(Refusal::status).orElse(200)),
                IncidentPages.TEMPLATES.notifications(visit, url, mail, refusal));
    }

    private void saveWebhook(Visit visit) {
        var webhook = new Webhook(visit.param("url").strip(), visit.param("secret").strip());
        var refusal = refusal(webhook);
        if (refusal.isPresent()) {
            refuse(visit, refusal.get());
            return;
        }
        spine.store()
                .update(tx ->
                        ChannelSettings.webhook(
                                tx, spine.secrets(), visit.project().name(), webhook));
        visit.notice("operating.webhook.saved");
        visit.redirect(path(visit));
    }

    private void refuse(Visit visit, Refusal refusal) {
        if (visit.wantsJson()) {
            visit.refuse(refusal);
        } else {
            notifications(visit, Optional.of(refusal));
        }
    }

    private Optional<Refusal> refusal(Webhook webhook) {
        if (!isHttp(webhook.url())) {
            return Optional.of(Refusal.of("operating.webhook.url").at("url"));
        }
        var url = URI.create(webhook.url());
        if (!outside.webhooks().allows(url)) {
            return Optional.of(Refusal.of("operating.webhook.private", url.getHost()).at("url"));
        }
        return webhook.secret().length() < SHORTEST_SECRET
                ? Optional.of(Refusal.of("operating.webhook.secret", SHORTEST_SECRET).at("secret"))
                : Optional.empty();
    }

    private static boolean isHttp(String text) {
        try {
            var uri = URI.create(text);
            var scheme = String.valueOf(uri.getScheme());
            return text.length() <= 500
                    && (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The secret is never shown. */
    private void showWebhook(Visit visit) {
        var url =
                spine.store()
                        .read(sql -> ChannelSettings.webhookUrl(sql, visit.project().name()))
                        .orElseThrow(visit::missing);
        visit.json(Map.of("url", url));
    }

    record Wish(@Nullable String url, @Nullable String secret) {}

    private void putWebhook(Visit visit) {
        var wish = visit.body(Wish.class);
        var webhook =
                new Webhook(
                        Optional.ofNullable(wish.url()).orElse("").strip(),
                        Optional.ofNullable(wish.secret()).orElse("").strip());
        var refusal = refusal(webhook);
        if (refusal.isPresent()) {
            visit.refuse(refusal.get());
            return;
        }
        spine.store()
                .update(tx ->
                        ChannelSettings.webhook(
                                tx, spine.secrets(), visit.project().name(), webhook));
        showWebhook(visit);
    }

    private void removeWebhook(Visit visit) {
        spine.store().update(tx -> ChannelSettings.forgetWebhook(tx, visit.project().name()));
        visit.http().status(204);
    }

    private void deleteWebhook(Visit visit) {
        spine.store().update(tx -> ChannelSettings.forgetWebhook(tx, visit.project().name()));
        visit.notice("operating.webhook.deleted");
        visit.redirect(path(visit));
    }

    private void mail(Visit visit, Optional<Refusal> refusal) {
        var view =
                spine.store()
                        .read(sql -> outside.mail(sql, spine.secrets()))
                        .map(mail ->
                                new MailView(
                                        true,
                                        outside.fixedMail().isPresent(),
                                        mail.host(),
                                        mail.port(),
                                        mail.security(),
                                        mail.account(),
                                        mail.sender()))
                        .orElseGet(() -> new MailView(false, false, "", 587, "starttls", "", ""));
        visit.page(
                Page.titled(visit.text("operating.mail"))
                        .menu("operating.menu.mail")
                        .status(refusal.map(Refusal::status).orElse(200)),
                IncidentPages.TEMPLATES.mail(visit, view, refusal));
    }

    private void saveMail(Visit visit) {
        if (refusedAsFixed(visit)) {
            return;
        }
        long port = visit.number("port");
        var mail =
                new Mail(
                        visit.param("host").strip(),
                        (int) Math.clamp(port, 0, 65_536),
                        visit.param("security"),
                        visit.param("account").strip(),
                        password(visit),
                        visit.param("sender").strip());
        var refusal = refusal(mail);
        if (refusal.isPresent()) {
            mail(visit, refusal);
            return;
        }
        spine.store().update(tx -> ChannelSettings.mail(tx, spine.secrets(), mail));
        visit.notice("operating.mail.saved");
        visit.redirect("/admin/mail");
    }

    /** The saved one is never shown; left empty it stays, as long as it is for the same account. */
    private String password(Visit visit) {
        var typed = visit.param("password");
        return typed.isEmpty()
                ? spine.store()
                        .read(sql -> ChannelSettings.mail(sql, spine.secrets()))
                        .filter(old -> old.host().equals(visit.param("host").strip()))
                        .filter(old -> old.account().equals(visit.param("account").strip()))
                        .map(Mail::password)
                        .orElse("")
                : typed;
    }

    private static Optional<Refusal> refusal(Mail mail) {
        if (!mail.host().matches("[A-Za-z0-9.:_-]{1,255}")) {
            return Optional.of(Refusal.of("operating.mail.host").at("host"));
        }
        if (mail.port() < 1 || mail.port() > 65_535) {
            return Optional.of(Refusal.of("operating.mail.port").at("port"));
        }
        if (!SECURITY.contains(mail.security())) {
            return Optional.of(Refusal.of("operating.mail.security.invalid").at("security"));
        }
        return mail.sender().matches("[^@\\s<>]{1,64}@[^@\\s<>]{1,255}")
                ? Optional.empty()
                : Optional.of(Refusal.of("operating.mail.sender.invalid").at("sender"));
    }

    /** What the program was started with is changed where that is written. */
    private boolean refusedAsFixed(Visit visit) {
        if (outside.fixedMail().isEmpty()) {
            return false;
        }
        mail(visit, Optional.of(Refusal.of("operating.mail.fixed").status(409)));
        return true;
    }

    private void deleteMail(Visit visit) {
        if (refusedAsFixed(visit)) {
            return;
        }
        spine.store().update(ChannelSettings::forgetMail);
        visit.notice("operating.mail.deleted");
        visit.redirect("/admin/mail");
    }

    /** Sends one mail to the administrator who asks, and says what the server answered. */
    private void tryMail(Visit visit) {
        var mail = spine.store().read(sql -> outside.mail(sql, spine.secrets()));
        var address =
                spine.store()
                        .read(sql -> Accounts.find(sql, visit.caller().account()))
                        .map(account -> account.email())
                        .orElse("");
        if (mail.isEmpty() || address.isEmpty()) {
            mail(visit, Optional.of(Refusal.of("operating.mail.trial.impossible")));
            return;
        }
        try {
            Mailer.send(
                    mail.get(),
                    address,
                    Ids.next(),
                    visit.text("operating.mail.trial.subject"),
                    visit.text("operating.mail.trial.text", spine.publicUrl().toString()));
            visit.notice("operating.mail.trial.sent", address);
            visit.redirect("/admin/mail");
        } catch (MessagingException e) {
            var said = String.valueOf(e.getMessage());
            mail(visit, Optional.of(Refusal.of("operating.mail.trial.failed", said)));
        }
    }
}
