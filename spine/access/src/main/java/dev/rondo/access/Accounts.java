package dev.rondo.access;

import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Accounts with a password. The first one is made with a one-time link and is an administrator. */
public final class Accounts {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,37}[a-z0-9])?");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}");
    private static final String SELECT =
            "SELECT name, title, email, admin, language, theme, disabled, created_at"
                    + " FROM access_accounts ";

    private final Store store;
    private final Audit audit;
    private final Passwords passwords;

    Accounts(Store store, Audit audit, Passwords passwords) {
        this.store = store;
        this.audit = audit;
        this.passwords = passwords;
    }

    /** What a new account is made of. */
    public record NewAccount(
            String name, String title, String email, String password, boolean admin) {}

    public Outcome<Account> create(String actor, NewAccount wanted) {
        var refusal = check(wanted);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var hash = passwords.hash(wanted.password());
        return store.write(tx -> insert(tx, actor, wanted, hash));
    }

    private static Optional<Outcome<Account>> check(NewAccount wanted) {
        if (!NAME.matcher(wanted.name()).matches()) {
            return Optional.of(Outcome.refused("access.account.name", "name"));
        }
        if (!wanted.email().isEmpty() && !EMAIL.matcher(wanted.email()).matches()) {
            return Optional.of(Outcome.refused("access.account.email", "email"));
        }
        return checkPassword(wanted.password(), wanted.name());
    }

    private static <T> Optional<Outcome<T>> checkPassword(String password, String name) {
        if (password.length() < Passwords.SHORTEST || password.equalsIgnoreCase(name)) {
            return Optional.of(
                    Outcome.refused("access.password.short", "password", Passwords.SHORTEST));
        }
        if (password.length() > Passwords.LONGEST) {
            return Optional.of(
                    Outcome.refused("access.password.long", "password", Passwords.LONGEST));
        }
        return Optional.empty();
    }

    private Outcome<Account> insert(Tx tx, String actor, NewAccount wanted, String hash) {
        int inserted =
                tx.sql()
                        .createUpdate(
                                "INSERT INTO access_accounts (name, title, email, password_hash,"
                                        + " admin, language, theme, disabled, created_at)"
                                        + " VALUES (?, ?, ?, ?, ?, '', '', ?, ?)"
                                        + " ON CONFLICT DO NOTHING")
                        .bind(0, wanted.name())
                        .bind(1, wanted.title().isBlank() ? wanted.name() : wanted.title().strip())
                        .bind(2, wanted.email())
                        .bind(3, hash)
                        .bind(4, wanted.admin())
                        .bind(5, false)
                        .bind(6, Micros.now())
                        .execute();
        if (inserted == 0) {
            return Outcome.refused("access.account.taken", "name", wanted.name());
        }
        audit.record(
                tx,
                "",
                actor.isEmpty() ? wanted.name() : actor,
                "account.created",
                wanted.name(),
                Map.of("admin", String.valueOf(wanted.admin())));
        return Outcome.done(find(tx.sql(), wanted.name()).orElseThrow());
    }

    /** Whether nobody has an account yet. */
    public boolean none() {
        return store.read(sql ->
                sql.createQuery("SELECT COUNT(*) FROM access_accounts").mapTo(Long.class).one()
                        == 0);
    }

    public static Optional<Account> find(Handle sql, String name) {
        return sql.createQuery(SELECT + "WHERE name = ?")
                .bind(0, name)
                .map(Accounts::row)
                .findFirst();
    }

    /** Accounts by name, behind one: a page. */
    public List<Account> list(String after, int limit) {
        return store.read(sql ->
                sql.createQuery(SELECT + "WHERE name > ? ORDER BY name LIMIT ?")
                        .bind(0, after)
                        .bind(1, limit)
                        .map(Accounts::row)
                        .list());
    }

    static Account row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Account(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getString(5),
                row.getString(6),
                row.getBoolean(7),
                Micros.toInstant(row.getLong(8)));
    }

    public Outcome<Account> changePassword(String name, String old, String fresh) {
        var hash = store.read(sql -> hash(sql, name));
        if (hash.isEmpty() || !passwords.fits(old, hash.get())) {
            return Outcome.refused("access.password.wrong", "old");
        }
        Optional<Outcome<Account>> refusal = checkPassword(fresh, name);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var freshHash = passwords.hash(fresh);
        return store.write(tx -> {
            set(tx, "password_hash", freshHash, name);
            Sessions.endAll(tx, name);
            audit.record(tx, "", name, "password.changed", name, Map.of());
            return Outcome.done(find(tx.sql(), name).orElseThrow());
        });
    }

    /** Language and theme; empty means the browser's. */
    public void prefer(String name, String language, String theme) {
        store.update(tx -> {
            set(tx, "language", language, name);
            set(tx, "theme", theme, name);
        });
    }

    /** A disabled account keeps its history, but its sessions and tokens end. */
    public Outcome<Account> disable(String actor, String name, boolean disabled) {
        if (actor.equals(name)) {
            return Outcome.refused("access.account.self", "");
        }
        return store.write(tx -> {
            tx.sql()
                    .createUpdate("UPDATE access_accounts SET disabled = ? WHERE name = ?")
                    .bind(0, disabled)
                    .bind(1, name)
                    .execute();
            if (disabled) {
                Sessions.endAll(tx, name);
            }
            audit.record(
                    tx,
                    "",
                    actor,
                    disabled ? "account.disabled" : "account.enabled",
                    name,
                    Map.of());
            return find(tx.sql(), name)
                    .map(Outcome::done)
                    .orElseGet(() -> Outcome.refused("access.account.unknown", "", name));
        });
    }

    private static void set(Tx tx, String column, String value, String name) {
        tx.sql()
                .createUpdate("UPDATE access_accounts SET " + column + " = ? WHERE name = ?")
                .bind(0, value)
                .bind(1, name)
                .execute();
    }

    /** The account when the password fits; always takes as long. */
    Optional<Account> check(String name, String password) {
        var hash = store.read(sql -> hash(sql, name));
        if (hash.isEmpty()) {
            passwords.pretend(password);
            return Optional.empty();
        }
        return passwords.fits(password, hash.get())
                ? store.read(sql -> find(sql, name)).filter(account -> !account.disabled())
                : Optional.empty();
    }

    private static Optional<String> hash(Handle sql, String name) {
        return sql.createQuery("SELECT password_hash FROM access_accounts WHERE name = ?")
                .bind(0, name)
                .mapTo(String.class)
                .findFirst();
    }
}
