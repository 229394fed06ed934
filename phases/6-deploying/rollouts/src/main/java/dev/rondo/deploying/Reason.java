package dev.rondo.deploying;

import java.util.List;

/** Why something was done, as a text's key and arguments; said in the reader's language. */
record Reason(String key, List<String> args) {

    static final Reason NONE = new Reason("", List.of());
    private static final String SEPARATOR = "\u001f";

    static Reason of(String key, Object... args) {
        return new Reason(
                "deploying.reason." + key,
                java.util.Arrays.stream(args).map(String::valueOf).toList());
    }

    /** As one column. */
    String encoded() {
        return args.isEmpty() ? key : key + SEPARATOR + String.join(SEPARATOR, args);
    }

    static Reason decode(String encoded) {
        var parts = encoded.split(SEPARATOR, -1);
        return new Reason(parts[0], List.of(parts).subList(1, parts.length));
    }
}
