package dev.rondo.access;

import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Personal access tokens: shown once, stored as a hash, always with an expiry. */
public final class Tokens {

    public static final Duration LONGEST = Duration.ofDays(366);
    private static final String PREFIX = "rondo_";
    private static final String LENT = PREFIX + "job_";
    private static final long USED_STEP = 60_000_000;

    private final Store store;
    private final Audit audit;
    private final ConcurrentMap<String, Caller> lent = new ConcurrentHashMap<>();

    Tokens(Store store, Audit audit) {
        this.store = store;
        this.audit = audit;
    }

    /** The secret is shown this once. */
    public record Fresh(String id, String secret) {}

    public Outcome<Fresh> create(String account, String title, Duration lifetime) {
        if (title.isBlank() || title.length() > 100) {
            return Outcome.refused("access.token.title", "title", 100);
        }
        if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
            return Outcome.refused("access.token.lifetime", "days", LONGEST.toDays());
        }
        var fresh = new Fresh(Ids.next(), PREFIX + Digests.secret());
        store.update(tx -> {
            var now = Micros.now();
            tx.sql()
                    .createUpdate(
                            "INSERT INTO access_tokens (id, account, title, hash, hint,"
                                    + " created_at, expires_at, used_at, revoked_at)"
                                    + " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0)")
                    .bind(0, fresh.id())
                    .bind(1, account)
                    .bind(2, title.strip())
                    .bind(3, Digests.hash(fresh.secret()))
                    .bind(4, fresh.secret().substring(fresh.secret().length() - 4))
                    .bind(5, now)
                    .bind(6, now + lifetime.toMillis() * 1000)
                    .execute();
            audit.record(
                    tx,
                    "",
                    account,
                    "token.created",
                    account,
                    Map.of("token", fresh.id(), "title", title.strip()));
        });
        return Outcome.done(fresh);
    }

    /** Lends a token for as long as something runs: it is kept in memory alone, as a hash. */
    public Loan lend(Caller caller) {
        var secret = LENT + Digests.secret();
        var hash = Digests.hash(secret);
        lent.put(hash, caller);
        return new Loan(secret, () -> lent.remove(hash));
    }

    public List<Token> list(String account) {
        return store.read(sql ->
                sql.createQuery(
                                "SELECT id, title, hint, created_at, expires_at, used_at,"
                                        + " revoked_at FROM access_tokens WHERE account = ?"
                                        + " ORDER BY created_at DESC LIMIT 500")
                        .bind(0, account)
                        .map((row, ctx) ->
                                new Token(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getString(3),
                                        Micros.toInstant(row.getLong(4)),
                                        Micros.toInstant(row.getLong(5)),
                                        Micros.toInstant(row.getLong(6)),
                                        row.getLong(7) > 0))
                        .list());
    }

    public Outcome<String> revoke(String account, String id) {
        return store.write(tx -> {
            int revoked =
                    tx.sql()
                            .createUpdate(
                                    "UPDATE access_tokens SET revoked_at = ? WHERE id = ?"
                                            + " AND account = ? AND revoked_at = 0")
                            .bind(0, Micros.now())
                            .bind(1, id)
                            .bind(2, account)
                            .execute();
            if (revoked == 0) {
                return Outcome.<String>refused("access.token.unknown", "");
            }
            audit.record(tx, "", account, "token.revoked", account, Map.of("token", id));
            return Outcome.done(id);
        });
    }

    /** Who a token speaks for; refused with the reason, so that a git client can say it. */
    public Outcome<Caller> callerOf(String secret) {
        if (secret.startsWith(LENT)) {
            return Optional.ofNullable(lent.get(Digests.hash(secret)))
                    .map(Outcome::done)
                    .orElseGet(() -> Outcome.refused("access.token.ended", ""));
        }
        var found =
                store.read(sql ->
                        sql.createQuery(
                                        "SELECT a.name, a.title, a.email, a.admin,"
                                                + " a.language, a.theme, a.disabled,"
                                                + " a.created_at, t.id, t.expires_at,"
                                                + " t.revoked_at, t.used_at FROM access_tokens t"
                                                + " JOIN access_accounts a ON a.name ="
                                                + " t.account WHERE t.hash = ?")
                                .bind(0, Digests.hash(secret))
                                .map((row, ctx) ->
                                        new Found(
                                                Accounts.row(row, ctx),
                                                row.getString(9),
                                                Micros.toInstant(row.getLong(10)),
                                                row.getLong(11) > 0,
                                                row.getLong(12)))
                                .findFirst());
        return judge(found);
    }

    private record Found(
            Account account, String id, Instant expiresAt, boolean revoked, long usedAt) {}

    private Outcome<Caller> judge(Optional<Found> found) {
        if (found.isEmpty()) {
            return Outcome.refused("access.token.invalid", "");
        }
        var token = found.get();
        if (token.revoked()) {
            return Outcome.refused("access.token.revoked", "");
        }
        if (!token.expiresAt().isAfter(Instant.now())) {
            return Outcome.refused("access.token.expired", "");
        }
        if (token.account().disabled()) {
            return Outcome.refused("access.account.disabled", "");
        }
        markUsed(token);
        return Outcome.done(Sessions.caller(token.account(), Caller.Means.TOKEN, ""));
    }

    private void markUsed(Found token) {
        var now = Micros.now();
        if (now - token.usedAt() > USED_STEP) {
            store.update(tx ->
                    tx.sql()
                            .createUpdate("UPDATE access_tokens SET used_at = ? WHERE id = ?")
                            .bind(0, now)
                            .bind(1, token.id())
                            .execute());
        }
    }

    /** Whether a string has the form of a token, to tell it from a password. */
    public static boolean looksLikeToken(String secret) {
        return secret.startsWith(PREFIX);
    }
}
