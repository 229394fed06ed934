package dev.rondo.web;

import java.util.List;

/** What a phase offers to the command palette (Ctrl-K) for some typed words. */
@FunctionalInterface
public interface PaletteSource {

    /** At most {@code limit} hits that the visitor may see, best first. */
    List<Hit> find(Visit visit, String words, int limit);

    /**
     * One line of the palette.
     *
     * @param hint small text beside the title, such as a state; may be empty
     */
    record Hit(String group, String title, String hint, String path) {}
}
