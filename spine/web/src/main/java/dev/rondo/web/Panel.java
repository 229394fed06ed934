package dev.rondo.web;

import dev.rondo.journal.Subject;
import gg.jte.Content;

/**
 * What one phase shows on another's page about a subject of a kind.
 *
 * @param kind of the subject, such as {@code ticket}
 * @param weight panels are sorted by it
 * @param titleKey key of the heading
 * @param may who sees it
 */
public record Panel(String kind, int weight, String titleKey, May may, Body body) {

    /** Renders; {@link Parts#NOTHING} means that there is nothing to say and hides the panel. */
    @FunctionalInterface
    public interface Body {
        Content render(Visit visit, Subject subject) throws Exception;
    }

    public static Panel on(String kind, int weight, String titleKey, May may, Body body) {
        return new Panel(kind, weight, titleKey, may, body);
    }
}
