package dev.rondo.web;

import gg.jte.Content;
import java.util.ArrayList;
import java.util.List;

/** What the shell needs to know of a page beside its content. */
public final class Page {

    /** A step of the trail above the page. */
    public record Crumb(String title, String path) {}

    private final String title;
    private final List<Crumb> trail = new ArrayList<>();
    private final List<String> scripts = new ArrayList<>();
    private final List<String> styles = new ArrayList<>();
    private String menu = "";
    private int status = 200;
    private boolean wide;
    private Content actions = Parts.NOTHING;

    private Page(String title) {
        this.title = title;
    }

    public static Page titled(String title) {
        return new Page(title);
    }

    /** Adds a step of the trail, outermost first; the page itself is not one. */
    public Page trail(String step, String path) {
        trail.add(new Crumb(step, path));
        return this;
    }

    /** The {@link MenuEntry#titleKey} that is lit. */
    public Page menu(String titleKey) {
        this.menu = titleKey;
        return this;
    }

    /** A script of the phase's own, by its asset name, such as {@code planning/board.js}. */
    public Page script(String asset) {
        scripts.add(asset);
        return this;
    }

    /** Styles of the phase's own, by their asset name, such as {@code planning/board.css}. */
    public Page style(String asset) {
        styles.add(asset);
        return this;
    }

    /** For boards, graphs and logs: uses the window's whole width. */
    public Page wide() {
        this.wide = true;
        return this;
    }

    public Page status(int code) {
        this.status = code;
        return this;
    }

    /** Shown at the right of the trail: the page's main buttons. */
    public Page actions(Content content) {
        this.actions = content;
        return this;
    }

    String title() {
        return title;
    }

    List<Crumb> trail() {
        return trail;
    }

    List<String> scripts() {
        return scripts;
    }

    List<String> styles() {
        return styles;
    }

    String menu() {
        return menu;
    }

    int status() {
        return status;
    }

    boolean isWide() {
        return wide;
    }

    Content actions() {
        return actions;
    }
}
