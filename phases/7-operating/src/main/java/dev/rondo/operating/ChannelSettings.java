package dev.rondo.operating;

import dev.rondo.store.Secrets;
import dev.rondo.store.Tx;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Where notifications leave: a webhook per project, one mail server for all. Secrets are sealed.
 */
final class ChannelSettings {

    private ChannelSettings() {}

    record Webhook(String url, String secret) {}

    /**
     * @param security none, starttls or tls
     * @param account empty where the server wants no sign-in
     */
    record Mail(
            String host,
            int port,
            String security,
            String account,
            String password,
            String sender) {}

    static Optional<String> webhookUrl(Handle sql, String project) {
        return sql.createQuery("SELECT url FROM operating_webhooks WHERE project = ?")
                .bind(0, project)
                .mapTo(String.class)
                .findFirst();
    }

    static Optional<Webhook> webhook(Handle sql, Secrets secrets, String project) {
        return sql.createQuery("SELECT url, secret FROM operating_webhooks WHERE project = ?")
                .bind(0, project)
                .map((row, ctx) ->
                        new Webhook(
                                row.getString(1),
                                secrets.open(row.getBytes(2), webhookContext(project))))
                .findFirst();
    }

    static void webhook(Tx tx, Secrets secrets, String project, Webhook webhook) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO operating_webhooks (project, url, secret) VALUES (?, ?, ?)"
                                + " ON CONFLICT (project) DO UPDATE SET url = excluded.url,"
                                + " secret = excluded.secret")
                .bind(0, project)
                .bind(1, webhook.url())
                .bind(2, secrets.seal(webhook.secret(), webhookContext(project)))
                .execute();
    }

    static void forgetWebhook(Tx tx, String project) {
        tx.sql()
                .createUpdate("DELETE FROM operating_webhooks WHERE project = ?")
                .bind(0, project)
                .execute();
    }

    static boolean mailConfigured(Handle sql) {
        return sql.createQuery("SELECT COUNT(*) FROM operating_mail").mapTo(Long.class).one() > 0;
    }

    static Optional<Mail> mail(Handle sql, Secrets secrets) {
        return sql.createQuery(
                        "SELECT host, port, security, account, password, sender"
                                + " FROM operating_mail WHERE one = 1")
                .map((row, ctx) ->
                        new Mail(
                                row.getString(1),
                                row.getInt(2),
                                row.getString(3),
                                row.getString(4),
                                secrets.open(row.getBytes(5), MAIL_CONTEXT),
                                row.getString(6)))
                .findFirst();
    }

    static void mail(Tx tx, Secrets secrets, Mail mail) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO operating_mail (one, host, port, security, account, password,"
                                + " sender) VALUES (1, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (one) DO UPDATE SET host = excluded.host,"
                                + " port = excluded.port, security = excluded.security,"
                                + " account = excluded.account, password = excluded.password,"
                                + " sender = excluded.sender")
                .bind(0, mail.host())
                .bind(1, mail.port())
                .bind(2, mail.security())
                .bind(3, mail.account())
                .bind(4, secrets.seal(mail.password(), MAIL_CONTEXT))
                .bind(5, mail.sender())
                .execute();
    }

    static void forgetMail(Tx tx) {
        tx.sql().createUpdate("DELETE FROM operating_mail").execute();
    }

    private static final String MAIL_CONTEXT = "operating/mail";

    private static String webhookContext(String project) {
        return "operating/webhook/" + project;
    }
}
