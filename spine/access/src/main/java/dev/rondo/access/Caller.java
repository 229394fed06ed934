package dev.rondo.access;

import java.util.Optional;

/**
 * Who makes a request.
 *
 * @param account name, or empty when nobody is signed in
 * @param title what people read
 * @param language {@code en}, {@code de} or empty for the browser's
 * @param theme {@code light}, {@code dark} or empty for the system's
 * @param means how they proved it
 * @param csrf the token that forms of this session carry; empty without a session
 * @param grant all that a caller without an account may do; empty for accounts, who have roles
 */
public record Caller(
        String account,
        String title,
        boolean admin,
        String language,
        String theme,
        Means means,
        String csrf,
        Optional<Grant> grant) {

    /** How a caller proved who they are. */
    public enum Means {
        NOTHING,
        SESSION,
        TOKEN,
        PASSWORD
    }

    public static final Caller ANYONE = new Caller("", "", false, "", "", Means.NOTHING, "");

    /** An account. */
    public Caller(
            String account,
            String title,
            boolean admin,
            String language,
            String theme,
            Means means,
            String csrf) {
        this(account, title, admin, language, theme, means, csrf, Optional.empty());
    }

    /** Somebody with a token and this grant. */
    public static Caller of(String name, Grant grant) {
        return new Caller(name, name, false, "", "", Means.TOKEN, "", Optional.of(grant));
    }

    public boolean signedIn() {
        return !account.isEmpty();
    }
}
