package dev.rondo.access;

/**
 * Who makes a request.
 *
 * @param account name, or empty when nobody is signed in
 * @param title what people read
 * @param language {@code en}, {@code de} or empty for the browser's
 * @param theme {@code light}, {@code dark} or empty for the system's
 * @param means how they proved it
 * @param csrf the token that forms of this session carry; empty without a session
 */
public record Caller(
        String account,
        String title,
        boolean admin,
        String language,
        String theme,
        Means means,
        String csrf) {

    /** How a caller proved who they are. */
    public enum Means {
        NOTHING,
        SESSION,
        TOKEN,
        PASSWORD
    }

    public static final Caller ANYONE = new Caller("", "", false, "", "", Means.NOTHING, "");

    public boolean signedIn() {
        return !account.isEmpty();
    }
}
