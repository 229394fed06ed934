package dev.rondo.access;

/**
 * What hashing a password with Argon2id takes. A hash tells its own cost, so a change holds for new
 * passwords and leaves the others readable.
 *
 * @param kibibytes of memory, at least 8
 * @param passes over that memory, at least 1
 */
public record PasswordCost(int kibibytes, int passes) {

    /** 19 MiB and 2 passes, from OWASP's Password Storage Cheat Sheet. */
    public static final PasswordCost OWASP = new PasswordCost(19 * 1024, 2);

    public PasswordCost {
        if (kibibytes < 8 || passes < 1) {
            throw new IllegalArgumentException(
                    "Argon2 needs 8 KiB and one pass, not " + kibibytes + " and " + passes);
        }
    }
}
