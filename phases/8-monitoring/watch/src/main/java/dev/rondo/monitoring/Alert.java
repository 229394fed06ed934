package dev.rondo.monitoring;

/**
 * One rule on one service, in its state. Pure: {@link #next} decides, whoever calls it acts.
 *
 * @param since microseconds when the breach began
 * @param clearSince microseconds since when a firing alarm is fine again, or 0
 * @param firedSeq of the event that said it fires, or 0
 * @param muted whether that event was for the record only, because of a silence
 */
record Alert(
        State state,
        long since,
        long clearSince,
        double value,
        String version,
        long firedSeq,
        boolean muted) {

    Alert(State state, long since, long clearSince, double value, String version, long firedSeq) {
        this(state, since, clearSince, value, version, firedSeq, false);
    }

    enum State {
        FINE,
        PENDING,
        FIRING
    }

    /** What is seen of the figure; nothing, as without traffic, is no breach. */
    record Seen(boolean there, double value, String version) {
        static final Seen NOTHING = new Seen(false, 0, "");
    }

    static final Alert FINE = new Alert(State.FINE, 0, 0, 0, "", 0);

    Alert next(AlertRule rule, Seen seen, long now) {
        var breached = seen.there() && rule.breached(seen.value());
        return switch (state) {
            case FINE -> breached ? begin(rule, seen, now) : this;
            case PENDING -> {
                if (!breached) {
                    yield FINE;
                }
                yield now - since >= micros(rule.lasting())
                        ? new Alert(State.FIRING, since, 0, seen.value(), seen.version(), 0)
                        : this;
            }
            case FIRING -> {
                if (breached) {
                    yield clearSince == 0
                            ? this
                            : new Alert(state, since, 0, seen.value(), version, firedSeq, muted);
                }
                if (clearSince == 0) {
                    yield new Alert(state, since, now, seen.value(), version, firedSeq, muted)
                            .next(rule, seen, now);
                }
                yield now - clearSince >= micros(rule.keepFiring()) ? FINE : this;
            }
        };
    }

    private static Alert begin(AlertRule rule, Seen seen, long now) {
        var state = rule.lasting().isZero() ? State.FIRING : State.PENDING;
        return new Alert(state, now, 0, seen.value(), seen.version(), 0);
    }

    private static long micros(java.time.Duration time) {
        return time.toNanos() / 1000;
    }

    Alert fired(long seq, boolean silently) {
        return new Alert(state, since, clearSince, value, version, seq, silently);
    }
}
