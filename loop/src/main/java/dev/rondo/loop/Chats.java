package dev.rondo.loop;

import dev.rondo.access.Account;
import dev.rondo.access.Accounts;
import dev.rondo.access.Caller;
import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The chat that a project is connected to: its signing secret, and who is who. */
final class Chats {

    private static final Duration OLDEST = Duration.ofMinutes(5);

    private final Spine spine;

    Chats(Spine spine) {
        this.spine = spine;
    }

    void connect(String project, String secret) {
        var sealed = spine.secrets().seal(secret, context(project));
        spine.store()
                .update(tx ->
                        tx.sql()
                                .createUpdate(
                                        "INSERT INTO loop_chats (project, secret,"
                                                + " created_at) VALUES (?, ?, ?)"
                                                + " ON CONFLICT (project) DO UPDATE"
                                                + " SET secret = excluded.secret")
                                .bind(0, project)
                                .bind(1, sealed)
                                .bind(2, Micros.now())
                                .execute());
    }

    boolean connected(String project) {
        return secret(project).isPresent();
    }

    void introduce(String project, String person, String account) {
        spine.store()
                .update(tx ->
                        tx.sql()
                                .createUpdate(
                                        "INSERT INTO loop_chat_people (project, person,"
                                                + " account) VALUES (?, ?, ?) ON CONFLICT"
                                                + " (project, person) DO UPDATE SET"
                                                + " account = excluded.account")
                                .bind(0, project)
                                .bind(1, person)
                                .bind(2, account)
                                .execute());
    }

    Map<String, String> people(String project) {
        var people = new LinkedHashMap<String, String>();
        spine.store()
                .read(sql ->
                        sql.createQuery(
                                        "SELECT person, account FROM loop_chat_people"
                                                + " WHERE project = ? ORDER BY person LIMIT"
                                                + " 500")
                                .bind(0, project)
                                .map((row, ctx) -> Map.entry(row.getString(1), row.getString(2)))
                                .list())
                .forEach(pair -> people.put(pair.getKey(), pair.getValue()));
        return people;
    }

    Optional<Caller> caller(String project, String person) {
        return spine.store()
                .read(sql ->
                        sql.createQuery(
                                        "SELECT account FROM loop_chat_people WHERE project"
                                                + " = ? AND person = ?")
                                .bind(0, project)
                                .bind(1, person)
                                .mapTo(String.class)
                                .findFirst()
                                .flatMap(account -> Accounts.find(sql, account))
                                .filter(account -> !account.disabled())
                                .map(Chats::caller));
    }

    private static Caller caller(Account account) {
        return new Caller(
                account.name(),
                account.title(),
                account.admin(),
                account.language(),
                account.theme(),
                Caller.Means.TOKEN,
                "");
    }

    /** Whether the body was signed with the project's secret within the last five minutes. */
    boolean genuine(String project, String timestamp, String body, String signature) {
        if (!timestamp.matches("\\d{1,12}")) {
            return false;
        }
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now());
        if (age.abs().compareTo(OLDEST) > 0) {
            return false;
        }
        return secret(project)
                .map(secret -> "v0=" + Signature.hex(secret, "v0:" + timestamp + ":" + body))
                .filter(expected ->
                        MessageDigest.isEqual(
                                expected.getBytes(StandardCharsets.UTF_8),
                                signature.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
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
