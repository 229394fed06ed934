package dev.rondo.loop;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.loop.view.ChatPerson;
import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.StatementContext;

/** The chat that a project is connected to: its signing secret, and who is who. */
final class Chats {

    private static final Duration OLDEST = Duration.ofMinutes(5);
    private static final String TOKEN = "Token ";

    /** As Slack and Mattermost number people; names are chosen freely and might look like one. */
    private static final Pattern ID = Pattern.compile("[UW][A-Z0-9]{6,}|[a-z0-9]{26}");

    private final Spine spine;

    Chats(Spine spine) {
        this.spine = spine;
    }

    void connect(String project, String secret, String by) {
        var sealed = spine.secrets().seal(secret, context(project));
        spine.store()
                .update(tx -> {
                    tx.sql()
                            .createUpdate(
                                    "INSERT INTO loop_chats (project, secret, created_at)"
                                            + " VALUES (?, ?, ?) ON CONFLICT (project) DO UPDATE"
                                            + " SET secret = excluded.secret")
                            .bind(0, project)
                            .bind(1, sealed)
                            .bind(2, Micros.now())
                            .execute();
                    audit(tx, project, by, "chat.connected", project, Map.of());
                });
    }

    boolean connected(String project) {
        return secret(project).isPresent();
    }

    /** Whoever is introduced by somebody else has to confirm it before anything is done as them. */
    void introduce(String project, String person, String account, String by) {
        spine.store()
                .update(tx -> {
                    tx.sql()
                            .createUpdate(
                                    "INSERT INTO loop_chat_people (project, person, account,"
                                            + " confirmed) VALUES (?, ?, ?, ?) ON CONFLICT"
                                            + " (project, person) DO UPDATE SET account ="
                                            + " excluded.account, confirmed = excluded.confirmed")
                            .bind(0, project)
                            .bind(1, person)
                            .bind(2, account)
                            .bind(3, account.equals(by))
                            .execute();
                    var details = Map.of("account", account);
                    audit(tx, project, by, "chat.person.introduced", person, details);
                });
    }

    /**
     * @return false when this account was not introduced as this person
     */
    boolean confirm(String project, String person, String account) {
        return spine.store()
                .write(tx -> {
                    int found =
                            tx.sql()
                                    .createUpdate(
                                            "UPDATE loop_chat_people SET confirmed = ? WHERE"
                                                    + " project = ? AND person = ? AND account = ?")
                                    .bind(0, true)
                                    .bind(1, project)
                                    .bind(2, person)
                                    .bind(3, account)
                                    .execute();
                    if (found > 0) {
                        audit(tx, project, account, "chat.person.confirmed", person, Map.of());
                    }
                    return found > 0;
                });
    }

    /**
     * @return false when there was no such person
     */
    boolean remove(String project, String person, String by) {
        return spine.store()
                .write(tx -> {
                    int found =
                            tx.sql()
                                    .createUpdate(
                                            "DELETE FROM loop_chat_people WHERE project = ? AND"
                                                    + " person = ?")
                                    .bind(0, project)
                                    .bind(1, person)
                                    .execute();
                    if (found > 0) {
                        audit(tx, project, by, "chat.person.removed", person, Map.of());
                    }
                    return found > 0;
                });
    }

    private void audit(
            Tx tx,
            String project,
            String by,
            String action,
            String target,
            Map<String, String> details) {
        spine.journal()
                .append(
                        tx,
                        new Draft(
                                project,
                                Subject.of("account", by),
                                by,
                                new Fact.AuditRecorded(action, target, details)));
    }

    List<ChatPerson> people(String project) {
        return spine.store()
                .read(sql ->
                        sql.createQuery(
                                        "SELECT person, account, confirmed FROM loop_chat_people"
                                                + " WHERE project = ? ORDER BY person LIMIT 500")
                                .bind(0, project)
                                .map(Chats::row)
                                .list());
    }

    private static ChatPerson row(ResultSet row, StatementContext ctx) throws SQLException {
        return new ChatPerson(row.getString(1), row.getString(2), row.getBoolean(3));
    }

    /**
     * Who somebody in the chat is: by the id, which stays, or else by the name.
     *
     * @return also somebody who has not confirmed it yet
     */
    Optional<ChatPerson> person(String project, String id, String name) {
        return person(project, id)
                .or(() -> ID.matcher(name).matches() ? Optional.empty() : person(project, name));
    }

    Optional<ChatPerson> person(String project, String person) {
        return spine.store()
                .read(sql ->
                        sql.createQuery(
                                        "SELECT person, account, confirmed FROM loop_chat_people"
                                                + " WHERE project = ? AND person = ?")
                                .bind(0, project)
                                .bind(1, person)
                                .map(Chats::row)
                                .findFirst());
    }

    /** What a chat sends to prove itself; each is empty if it was not sent. */
    record Proof(String timestamp, String signature, String authorization) {}

    /**
     * Why a request is none of the project's chat, as the key of a text; empty if it is. Slack
     * signs time and body; Mattermost sends its token as it is.
     */
    Optional<String> doubt(String project, Proof proof, String body) {
        var secret = secret(project).orElse("");
        if (proof.signature().isEmpty() && proof.authorization().startsWith(TOKEN)) {
            var token = proof.authorization().substring(TOKEN.length()).strip();
            return !secret.isEmpty() && equal(secret, token)
                    ? Optional.empty()
                    : Optional.of("loop.chat.token");
        }
        if (!recent(proof.timestamp())) {
            return Optional.of("loop.chat.old");
        }
        var signed = "v0:" + proof.timestamp() + ":" + body;
        if (secret.isEmpty() || !equal("v0=" + Signature.hex(secret, signed), proof.signature())) {
            return Optional.of("loop.chat.signature");
        }
        return heard(proof.signature()) ? Optional.of("loop.chat.again") : Optional.empty();
    }

    private static boolean equal(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean recent(String timestamp) {
        if (!timestamp.matches("\\d{1,12}")) {
            return false;
        }
        var at = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return Duration.between(at, Instant.now()).abs().compareTo(OLDEST) <= 0;
    }

    /** Whether a request with this signature was heard before; from now on it was. */
    private boolean heard(String signature) {
        return spine.store()
                .write(tx -> {
                    tx.sql()
                            .createUpdate("DELETE FROM loop_chat_heard WHERE at < ?")
                            .bind(0, Micros.of(Instant.now().minus(OLDEST.multipliedBy(3))))
                            .execute();
                    int fresh =
                            tx.sql()
                                    .createUpdate(
                                            "INSERT INTO loop_chat_heard (signature, at)"
                                                    + " VALUES (?, ?) ON CONFLICT DO NOTHING")
                                    .bind(0, signature)
                                    .bind(1, Micros.now())
                                    .execute();
                    return fresh == 0;
                });
    }

    private Optional<String> secret(String project) {
        return spine.store()
                .read(sql ->
                        sql.createQuery("SELECT secret FROM loop_chats WHERE project = ?")
                                .bind(0, project)
                                .mapTo(byte[].class)
                                .findFirst())
                .map(sealed -> spine.secrets().open(sealed, context(project)));
    }

    private static String context(String project) {
        return "loop/chat/" + project;
    }
}
