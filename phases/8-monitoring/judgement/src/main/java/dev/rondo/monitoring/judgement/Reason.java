package dev.rondo.monitoring.judgement;

import java.util.List;

/** Why a judgement stands as it does: the key of a sentence and what it speaks of. */
public record Reason(String key, List<Object> arguments) {

    public Reason {
        arguments = List.copyOf(arguments);
    }

    static Reason of(String key, Object... arguments) {
        return new Reason(key, List.of(arguments));
    }
}
