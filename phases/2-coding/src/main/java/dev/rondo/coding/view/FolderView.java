package dev.rondo.coding.view;

import gg.jte.Content;
import java.util.List;
import java.util.Optional;

/**
 * A folder.
 *
 * @param latest the newest commit at this place
 * @param readme rendered, or nothing
 * @param address where git clones from; empty below the root
 */
public record FolderView(
        Place place,
        Optional<CommitLine> latest,
        List<Entry> entries,
        Optional<Content> readme,
        String address,
        Links links) {

    /**
     * @param kind folder, file, executable, link or submodule
     * @param size as people read it; empty for what is not a file
     */
    public record Entry(String name, String path, String kind, String size) {}

    /** The neighbouring pages. */
    public record Links(String history, String branches, String tags) {}
}
