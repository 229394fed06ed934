package dev.rondo.records;

import java.util.List;

/**
 * Why a job or a run waits: {@code building.waits.<kind>} is the sentence, with these arguments.
 * Kept as one text, the parts behind tabs.
 */
public record Waits(String kind, List<String> args) {
    public static final Waits NOT = new Waits("", List.of());

    public static Waits of(String kind, Object... args) {
        return new Waits(kind, List.of(args).stream().map(String::valueOf).toList());
    }

    static Waits read(String stored) {
        if (stored.isEmpty()) {
            return NOT;
        }
        List<String> parts = List.of(stored.split("\t", -1));
        return new Waits(parts.getFirst(), parts.subList(1, parts.size()));
    }

    public boolean waiting() {
        return !kind.isEmpty();
    }

    /** Whether an environment holds it back. */
    public boolean held() {
        return kind.equals("approval") || kind.equals("timer");
    }

    String stored() {
        var text = new StringBuilder(kind);
        args.forEach(arg -> text.append('\t').append(arg.replaceAll("[\t\r\n]", " ")));
        return text.toString();
    }

    public String key() {
        return "building.waits." + kind;
    }
}
