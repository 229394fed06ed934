package dev.rondo.deploying;

import dev.rondo.journal.Event;
import dev.rondo.journal.Wording;
import java.util.List;

/** Why something was done, as a text's key and arguments; said in the reader's language. */
record Reason(String key, List<String> args) {

    static final Reason NONE = new Reason("", List.of());
    private static final String SEPARATOR = "\u001f";
    private static final String QUOTED = "\u001d";

    static Reason of(String key, Object... args) {
        return new Reason(
                "deploying.reason." + key,
                java.util.Arrays.stream(args).map(String::valueOf).toList());
    }

    /** What another phase said, as an argument: in its own words, in each language. */
    static String quoted(Event event, String otherwise) {
        return event.wording().map(said -> QUOTED + said.encoded()).orElse(otherwise);
    }

    /** Itself as an argument of another. */
    String quoted() {
        return QUOTED + wording().encoded();
    }

    Wording wording() {
        return new Wording(
                key,
                args.stream()
                        .<Object>map(arg ->
                                arg.startsWith(QUOTED)
                                        ? Wording.decode(arg.substring(QUOTED.length()))
                                        : arg)
                        .toList());
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
