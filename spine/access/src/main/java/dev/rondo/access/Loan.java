package dev.rondo.access;

/** A token that lives in this process alone, until it is closed or the process ends. */
public final class Loan implements AutoCloseable {

    private final String secret;
    private final Runnable end;

    Loan(String secret, Runnable end) {
        this.secret = secret;
        this.end = end;
    }

    public String secret() {
        return secret;
    }

    /** From now on the token is refused; a second time does nothing. */
    @Override
    public void close() {
        end.run();
    }
}
