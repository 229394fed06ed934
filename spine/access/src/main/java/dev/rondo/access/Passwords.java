package dev.rondo.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.concurrent.Semaphore;

/** Argon2id with OWASP's figures: 19 MiB, 2 passes, 1 lane. At most two at once, for memory. */
final class Passwords {

    static final int SHORTEST = 10;
    static final int LONGEST = 200;

    private static final Argon2Function ARGON2 =
            Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);

    private final Semaphore turns = new Semaphore(2);
    private final String nobodys = hash("no account has this password");

    String hash(String password) {
        turns.acquireUninterruptibly();
        try {
            return Password.hash(password).addRandomSalt(16).with(ARGON2).getResult();
        } finally {
            turns.release();
        }
    }

    boolean fits(String password, String hash) {
        if (password.length() > LONGEST) {
            return false;
        }
        turns.acquireUninterruptibly();
        try {
            return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
        } finally {
            turns.release();
        }
    }

    /** Takes as long as a real check, so that the time does not tell which accounts there are. */
    void pretend(String password) {
        var ignored = fits(password, nobodys);
    }
}
