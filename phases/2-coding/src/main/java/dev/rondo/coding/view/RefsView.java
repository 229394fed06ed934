package dev.rondo.coding.view;

import java.util.List;

/** Branches or tags. */
public record RefsView(List<Row> rows, String branches, String tags, boolean isTags) {

    /**
     * @param note what the tag says; "default" for the default branch; or empty
     * @param comparison page of what it has and the default branch has not; empty for itself
     */
    public record Row(
            String name, String path, CommitLine commit, String note, String comparison) {}
}
