package dev.rondo.coding.view;

import gg.jte.Content;
import java.util.Optional;

/**
 * A file.
 *
 * @param facts such as "12 lines, 3.4 KiB"
 * @param other the page of the source where this one is rendered, or the other way round
 */
public record FileView(
        Place place, String facts, Body body, String raw, String history, Optional<Link> other) {

    /**
     * @param lines number of lines, for the column beside the source; 0 for what has none
     * @param notice key of why the content is not shown; empty when it is
     * @param image path of the picture; empty for all else
     */
    public record Body(Content content, int lines, String image, String notice) {}
}
