package dev.rondo.access;

import dev.rondo.journal.Journal;
import dev.rondo.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The parts of access, wired. */
public final class Access {

    private final Accounts accounts;
    private final Sessions sessions;
    private final Tokens tokens;
    private final Projects projects;
    private final Object setup = new Object();
    private final String setupSecret;

    public Access(Store store, Journal journal) {
        this(store, journal, PasswordCost.OWASP);
    }

    /**
     * @param cost of new passwords; less than {@link PasswordCost#OWASP} is for tests, which make
     *     hundreds of accounts
     */
    public Access(Store store, Journal journal, PasswordCost cost) {
        var audit = new Audit(journal);
        this.accounts = new Accounts(store, audit, new Passwords(cost));
        this.sessions = new Sessions(store, audit, accounts);
        this.tokens = new Tokens(store, audit);
        this.projects = new Projects(store, journal, audit);
        this.setupSecret = Digests.secret();
    }

    public Accounts accounts() {
        return accounts;
    }

    public Sessions sessions() {
        return sessions;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Projects projects() {
        return projects;
    }

    /**
     * The secret of the one-time link with which the first account is made; empty once there is an
     * account. It lives as long as the process.
     */
    public Optional<String> setupSecret() {
        return accounts.none() ? Optional.of(setupSecret) : Optional.empty();
    }

    /** Makes the first account, an administrator, if the secret fits and there is none yet. */
    public Outcome<Account> setUp(String secret, Accounts.NewAccount wanted) {
        boolean fits =
                MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8),
                        setupSecret.getBytes(StandardCharsets.UTF_8));
        // One at a time: of two who open the link together only one may become administrator.
        synchronized (setup) {
            if (!fits || !accounts.none()) {
                return Outcome.refused("access.setup.used", "");
            }
            return accounts.create(
                    "",
                    new Accounts.NewAccount(
                            wanted.name(),
                            wanted.title(),
                            wanted.email(),
                            wanted.password(),
                            true));
        }
    }
}
