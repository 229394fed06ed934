package dev.rondo.access;

import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Sign-in with name and password, and the sessions that come of it. */
public final class Sessions {

    private static final long LIFETIME = ChronoUnit.DAYS.getDuration().toMillis() * 1000 * 30;
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
     * Checks name and password. Refused alike for an unknown name and a wrong password, and for a
     * minute after five failures of one account or twenty of one address.
     */
    public Outcome<Session> signIn(String name, String password, String address, String agent) {
        return check(name, password, address)
                .<Outcome<Session>>map(account -> Outcome.done(begin(account, agent)))
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
    public Session begin(Account account, String agent) {
        var secret = Digests.secret();
        store.update(tx -> {
            insert(tx, account, secret, agent);
            audit.record(tx, "", account.name(), "session.begun", account.name(), Map.of());
        });
        return new Session(secret, account);
    }

    private static void insert(Tx tx, Account account, String secret, String agent) {
        var now = Micros.now();
        tx.sql()
                .createUpdate("DELETE FROM access_sessions WHERE expires_at < ?")
                .bind(0, now)
                .execute();
        tx.sql()
                .createUpdate(
                        "INSERT INTO access_sessions (hash, account, csrf, agent, created_at,"
                                + " seen_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .bind(0, Digests.hash(secret))
                .bind(1, account.name())
                .bind(2, Digests.secret())
                .bind(3, agent.substring(0, Math.min(200, agent.length())))
                .bind(4, now)
                .bind(5, now)
                .bind(6, now + LIFETIME)
                .execute();
    }

    /** Who holds this cookie; empty when it is unknown, expired or its account is disabled. */
    public Optional<Caller> callerOf(String secret) {
        var hash = Digests.hash(secret);
        var now = Micros.now();
        var found =
                store.read(sql ->
                        sql.createQuery(
                                        "SELECT a.name, a.title, a.email, a.admin,"
                                                + " a.language, a.theme, a.disabled,"
                                                + " a.created_at, s.csrf, s.seen_at FROM"
                                                + " access_sessions s JOIN access_accounts a ON"
                                                + " a.name = s.account WHERE s.hash = ? AND"
                                                + " s.expires_at > ?")
                                .bind(0, hash)
                                .bind(1, now)
                                .map((row, ctx) ->
                                        new Found(
                                                Accounts.row(row, ctx),
                                                row.getString(9),
                                                row.getLong(10)))
                                .findFirst());
        found.filter(session -> now - session.seenAt() > SEEN_STEP)
                .ifPresent(session -> seen(hash, now));
        return found.filter(session -> !session.account().disabled())
                .map(session -> caller(session.account(), Caller.Means.SESSION, session.csrf()));
    }

    private record Found(Account account, String csrf, long seenAt) {}

    private void seen(String hash, long now) {
        store.update(tx ->
                tx.sql()
                        .createUpdate(
                                "UPDATE access_sessions SET seen_at = ?, expires_at = ?"
                                        + " WHERE hash = ?")
                        .bind(0, now)
                        .bind(1, now + LIFETIME)
                        .bind(2, hash)
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

    public void end(String secret) {
        store.update(tx ->
                tx.sql()
                        .createUpdate("DELETE FROM access_sessions WHERE hash = ?")
                        .bind(0, Digests.hash(secret))
                        .execute());
    }

    static void endAll(Tx tx, String account) {
        tx.sql()
                .createUpdate("DELETE FROM access_sessions WHERE account = ?")
                .bind(0, account)
                .execute();
    }
}
