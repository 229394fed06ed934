package dev.rondo.loop;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.loop.view.WebhookView;
import dev.rondo.phase.Spine;
import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import dev.rondo.web.Outgoing;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The webhooks of projects: where events leave to. */
final class WebhookStore {

    /** What is needed to call a receiver. */
    record Hook(String id, String project, String url, byte[] secret) {}

    private final Spine spine;

    WebhookStore(Spine spine) {
        this.spine = spine;
    }

    String create(String project, URI url, String secret, Set<String> kinds, String by) {
        var id = Ids.next();
        var sealed = spine.secrets().seal(secret, context(id));
        spine.store()
                .update(tx -> {
                    tx.sql()
                            .createUpdate(
                                    "INSERT INTO loop_webhooks (id, project, url, secret, kinds,"
                                            + " created_at) VALUES (?, ?, ?, ?, ?, ?)")
                            .bind(0, id)
                            .bind(1, project)
                            .bind(2, url.toString())
                            .bind(3, sealed)
                            .bind(4, String.join(" ", kinds))
                            .bind(5, Micros.now())
                            .execute();
                    audit(tx, project, by, "webhook.created", url);
                });
        return id;
    }

    private static String context(String id) {
        return "loop/webhook/" + id;
    }

    /** Of an address the host alone: many receivers know a caller by a secret in the path. */
    private void audit(Tx tx, String project, String by, String action, URI url) {
        var host = String.valueOf(url.getHost());
        spine.journal()
                .append(
                        tx,
                        new Draft(
                                project,
                                Subject.of("account", by),
                                by,
                                new Fact.AuditRecorded(action, host, Map.of())));
    }

    /**
     * @return false when there was none
     */
    boolean delete(String project, String id, String by) {
        return spine.store()
                .write(tx -> {
                    var hook = find(tx.sql(), project, id);
                    if (hook.isEmpty()) {
                        return false;
                    }
                    Attempts.forgetAll(tx, id);
                    tx.sql()
                            .createUpdate("DELETE FROM loop_webhooks WHERE id = ?")
                            .bind(0, id)
                            .execute();
                    audit(tx, project, by, "webhook.deleted", URI.create(hook.get().url()));
                    return true;
                });
    }

    static Optional<Hook> find(Handle sql, String project, String id) {
        return sql.createQuery(
                        "SELECT id, project, url, secret FROM loop_webhooks WHERE id = ? AND"
                                + " project = ?")
                .bind(0, id)
                .bind(1, project)
                .map((row, ctx) ->
                        new Hook(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getBytes(4)))
                .findFirst();
    }

    String secret(Hook hook) {
        return spine.secrets().open(hook.secret(), context(hook.id()));
    }

    List<WebhookView> list(String project) {
        return spine.store()
                .read(sql ->
                        sql.createQuery(
                                        "SELECT w.id, w.url, w.kinds, (SELECT COUNT(*) FROM"
                                                + " loop_deliveries d WHERE d.webhook = w.id"
                                                + " AND d.state = 'delivered'), (SELECT"
                                                + " COUNT(*) FROM loop_deliveries d WHERE"
                                                + " d.webhook = w.id AND d.state = 'waiting'),"
                                                + " (SELECT COUNT(*) FROM loop_deliveries d"
                                                + " WHERE d.webhook = w.id AND d.state ="
                                                + " 'failed') FROM loop_webhooks w WHERE"
                                                + " w.project = ? ORDER BY w.created_at LIMIT"
                                                + " 100")
                                .bind(0, project)
                                .map((row, ctx) ->
                                        new WebhookView(
                                                row.getString(1),
                                                Outgoing.bare(URI.create(row.getString(2))),
                                                row.getString(3),
                                                row.getLong(4),
                                                row.getLong(5),
                                                row.getLong(6)))
                                .list());
    }
}
