package dev.rondo.coding.view;

import java.util.List;

/** The commits that name a work item. */
public record MentionsView(List<Row> rows) {

    /** A commit, and whether it claims to finish the item. */
    public record Row(CommitLine commit, boolean fixes) {}
}
