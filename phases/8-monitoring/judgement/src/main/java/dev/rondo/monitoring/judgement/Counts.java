package dev.rondo.monitoring.judgement;

/** Requests and how many of them went wrong. */
public record Counts(long requests, long errors) {

    public static final Counts NONE = new Counts(0, 0);

    public Counts {
        if (errors < 0 || requests < errors) {
            throw new IllegalArgumentException(errors + " errors in " + requests + " requests");
        }
    }

    public Counts plus(Counts more) {
        return new Counts(requests + more.requests, errors + more.errors);
    }

    /** Errors per request; 0 without requests. */
    public double ratio() {
        return requests == 0 ? 0 : (double) errors / requests;
    }
}
