package dev.rondo.actions;

/** The file is no YAML, or more of it than is read. */
final class YamlFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Position at;

    YamlFault(Position at, String message) {
        super(message);
        this.at = at;
    }

    Mistake mistake() {
        return new Mistake(at, String.valueOf(getMessage()));
    }
}
