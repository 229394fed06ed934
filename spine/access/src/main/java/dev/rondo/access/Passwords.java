package dev.rondo.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id with one lane. At most two at once, for memory. Hashes are written as Argon2's own tools
 * write them ({@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}).
 */
final class Passwords {

    static final int SHORTEST = 10;
    static final int LONGEST = 200;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern WRITTEN =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})"
                            + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    /** Made of a random password with OWASP's cost; what {@link #pretend} compares with. */
    private static final String NOBODYS =
            "$argon2id$v=19$m=19456,t=2,p=1$XmT5hPTqHYWk0vwWC89TyA"
                    + "$baKgNlah+yOQMAqBAj6xCfYCTwIlKc6cPpYRkiqO1/4";

    private final Semaphore turns = new Semaphore(2);
    private final SecureRandom random = new SecureRandom();
    private final PasswordCost cost;

    Passwords(PasswordCost cost) {
        this.cost = cost;
    }

    String hash(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var hash = argon2(cost, 1, salt, password, HASH_BYTES);
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
                .formatted(
                        cost.kibibytes(),
                        cost.passes(),
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }

    boolean fits(String password, String written) {
        var parts = WRITTEN.matcher(written);
        if (password.length() > LONGEST || !parts.matches()) {
            return false;
        }
        var its =
                new PasswordCost(
                        Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        int lanes = Integer.parseInt(parts.group(3));
        var salt = Base64.getDecoder().decode(parts.group(4));
        var hash = Base64.getDecoder().decode(parts.group(5));
        return MessageDigest.isEqual(hash, argon2(its, lanes, salt, password, hash.length));
    }

    /** Takes as long as a real check, so that the time does not tell which accounts there are. */
    void pretend(String password) {
        var ignored = fits(password, NOBODYS);
    }

    private byte[] argon2(PasswordCost cost, int lanes, byte[] salt, String password, int length) {
        var hash = new byte[length];
        turns.acquireUninterruptibly();
        try {
            var generator = new Argon2BytesGenerator();
            generator.init(
                    new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                            .withMemoryAsKB(cost.kibibytes())
                            .withIterations(cost.passes())
                            .withParallelism(lanes)
                            .withSalt(salt)
                            .build());
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        } finally {
            turns.release();
        }
        return hash;
    }
}
