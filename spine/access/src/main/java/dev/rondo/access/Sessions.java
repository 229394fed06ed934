package dev.rondo.access;

import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sign-in with name and password, and the sessions that come of it. */
public final class Sessions {

    private static final long LIFETIME = ChronoUnit.DAYS.getDuration().toMillis() * 1000 * 30;
    private static final long MOVED_STEP = 60_000_000;
    private static final int MOST_SHOWN = 200;
    private static final long SEEN_STEP = ChronoUnit.HOURS.getDuration().toMillis() * 1000;

    private final Store store;
    private final Audit audit;
    private final Accounts accounts;
    private final Throttle perAccount = new Throttle(5, Duration.ofMinutes(1));
    private final Throttle perAddress = new Throttle(20, Duration.ofMinutes(1));

    Sessions(Store store, Audit audit, Accounts accounts) {
        this.store = store;
        this.audit = audit;
        this.accounts = accounts;
    }

    /** The secret belongs into the cookie and nowhere else. */
    public record Session(String secret, Account account) {}

    /**
     * A session as its owner sees it; from the secret nothing of it can be told.
     *
     * @param address from where it was seen last; empty for one older than this was written down
     * @param current whether it is the one that asks
     */
    public record Open(
            String id,
            Device device,
            String address,
            Instant createdAt,
            Instant seenAt,
            Instant expiresAt,
            boolean current) {}

    /**
     * Checks name and password. Refused alike for an unknown name and a wrong password, and for a
     * minute after five failures of one account or twenty of one address.
     */
    public Outcome<Session> signIn(String name, String password, String address, String agent) {
        return check(name, password, address)
                .<Outcome<Session>>map(account -> Outcome.done(begin(account, address, agent)))
                .orElseGet(() ->
                        throttled(name, address)
                                ? Outcome.refused("access.signin.slow", "")
                                : Outcome.refused("access.signin.wrong", ""));
    }

    /** For Basic authentication, which has no session. */
    public Optional<Caller> callerOf(String name, String password, String address) {
        return check(name, password, address)
                .map(account -> caller(account, Caller.Means.PASSWORD, ""));
    }

    private Optional<Account> check(String name, String password, String address) {
        if (throttled(name, address)) {
            return Optional.empty();
        }
        var account = accounts.check(name, password);
        if (account.isEmpty()) {
            perAccount.failed(name, System.nanoTime());
            perAddress.failed(address, System.nanoTime());
        } else {
            perAccount.succeeded(name);
        }
        return account;
    }

    private boolean throttled(String name, String address) {
        var now = System.nanoTime();
        return perAccount.blocked(name, now) || perAddress.blocked(address, now);
    }

    /** A session without a password, for the account that was just made. */
    public Session begin(Account account, String address, String agent) {
        var secret = Digests.secret();
        store.update(tx -> {
            insert(tx, account, secret, address, agent);
            audit.record(tx, "", account.name(), "session.begun", account.name(), Map.of());
        });
        return new Session(secret, account);
    }

    private static void insert(
            Tx tx, Account account, String secret, String address, String agent) {
        var now = Micros.now();
        tx.sql()
                .createUpdate("DELETE FROM access_sessions WHERE expires_at < ?")
                .bind(0, now)
                .execute();
        tx.sql()
                .createUpdate(
                        "INSERT INTO access_sessions (hash, account, csrf, agent, created_at,"
                                + " seen_at, expires_at, id, address)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .bind(0, Digests.hash(secret))
                .bind(1, account.name())
                .bind(2, Digests.secret())
                .bind(3, agent.substring(0, Math.min(200, agent.length())))
                .bind(4, now)
                .bind(5, now)
                .bind(6, now + LIFETIME)
                .bind(7, Ids.next())
                .bind(8, address)
                .execute();
    }

    /**
     * Who holds this cookie; empty when it is unknown, expired or its account is disabled.
     *
     * @param address from where it came, for the owner to see
     */
    public Optional<Caller> callerOfCookie(String secret, String address) {
        var hash = Digests.hash(secret);
        var now = Micros.now();
        var found =
                store.read(sql ->
                        sql.createQuery(
                                        "SELECT a.name, a.title, a.email, a.admin,"
                                                + " a.language, a.theme, a.disabled,"
                                                + " a.created_at, s.csrf, s.seen_at, s.address FROM"
                                                + " access_sessions s JOIN access_accounts a ON"
                                                + " a.name = s.account WHERE s.hash = ? AND"
                                                + " s.expires_at > ?")
                                .bind(0, hash)
                                .bind(1, now)
                                .map((row, ctx) ->
                                        new Found(
                                                Accounts.row(row, ctx),
                                                row.getString(9),
                                                row.getLong(10),
                                                row.getString(11)))
                                .findFirst());
        found.filter(session -> isNews(session, now, address))
                .ifPresent(session -> seen(hash, now, address));
        return found.filter(session -> !session.account().disabled())
                .map(session -> caller(session.account(), Caller.Means.SESSION, session.csrf()));
    }

    private record Found(Account account, String csrf, long seenAt, String address) {}

    /** Not each request is written down, and not each change of one who has two addresses. */
    private static boolean isNews(Found session, long now, String address) {
        long step = session.address().equals(address) ? SEEN_STEP : MOVED_STEP;
        return now - session.seenAt() > step;
    }

    private void seen(String hash, long now, String address) {
        store.update(tx ->
                tx.sql()
                        .createUpdate(
                                "UPDATE access_sessions SET seen_at = ?, expires_at = ?,"
                                        + " address = ? WHERE hash = ?")
                        .bind(0, now)
                        .bind(1, now + LIFETIME)
                        .bind(2, address)
                        .bind(3, hash)
                        .execute());
    }

    static Caller caller(Account account, Caller.Means means, String csrf) {
        return new Caller(
                account.name(),
                account.title(),
                account.admin(),
                account.language(),
                account.theme(),
                means,
                csrf);
    }

    /** The sessions of an account that have not ended, seen last first. */
    public List<Open> list(String account, String secret) {
        var hash = Digests.hash(secret);
        return store.read(sql ->
                sql.createQuery(
                                "SELECT id, agent, address, created_at, seen_at, expires_at, hash"
                                        + " FROM access_sessions WHERE account = ? AND"
                                        + " expires_at > ? ORDER BY seen_at DESC, id DESC LIMIT "
                                        + MOST_SHOWN)
                        .bind(0, account)
                        .bind(1, Micros.now())
                        .map((row, ctx) ->
                                new Open(
                                        row.getString(1),
                                        Device.of(row.getString(2)),
                                        row.getString(3),
                                        Micros.toInstant(row.getLong(4)),
                                        Micros.toInstant(row.getLong(5)),
                                        Micros.toInstant(row.getLong(6)),
                                        row.getString(7).equals(hash)))
                        .list());
    }

    /** Signs out: ends the session of this cookie. */
    public void end(String secret) {
        store.update(tx ->
                tx.sql()
                        .createQuery(
                                "DELETE FROM access_sessions WHERE hash = ? RETURNING account, id")
                        .bind(0, Digests.hash(secret))
                        .map((row, ctx) -> Map.entry(row.getString(1), row.getString(2)))
                        .findFirst()
                        .ifPresent(gone -> ended(tx, gone.getKey(), gone.getValue())));
    }

    /** Ends one session of an account, wherever it is. */
    public Outcome<String> end(String account, String id) {
        return store.write(tx -> {
            int ended =
                    tx.sql()
                            .createUpdate(
                                    "DELETE FROM access_sessions WHERE account = ? AND id = ?")
                            .bind(0, account)
                            .bind(1, id)
                            .execute();
            if (ended == 0) {
                return Outcome.<String>refused("access.session.unknown", "");
            }
            ended(tx, account, id);
            return Outcome.done(id);
        });
    }

    private void ended(Tx tx, String account, String id) {
        audit.record(tx, "", account, "session.ended", account, Map.of("session", id));
    }

    /**
     * Ends all sessions of an account but the one of this cookie.
     *
     * @return how many ended
     */
    public int endOthers(String account, String secret) {
        return store.write(tx -> {
            int ended =
                    tx.sql()
                            .createUpdate(
                                    "DELETE FROM access_sessions WHERE account = ? AND hash <> ?")
                            .bind(0, account)
                            .bind(1, Digests.hash(secret))
                            .execute();
            if (ended > 0) {
                audit.record(
                        tx,
                        "",
                        account,
                        "sessions.ended",
                        account,
                        Map.of("sessions", String.valueOf(ended)));
            }
            return ended;
        });
    }

    static void endAll(Tx tx, String account) {
        tx.sql()
                .createUpdate("DELETE FROM access_sessions WHERE account = ?")
                .bind(0, account)
                .execute();
    }
}
