package dev.rondo.journal;

/**
 * What an event is about: a kind such as {@code ticket} and an id within the project. The phase
 * that owns the kind turns it into a link.
 */
public record Subject(String kind, String id) {

    public static Subject of(String kind, Object id) {
        return new Subject(kind, String.valueOf(id));
    }

    @Override
    public String toString() {
        return kind + ":" + id;
    }
}
