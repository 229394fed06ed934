package dev.rondo.coding.view;

import java.util.List;

/**
 * A page of history.
 *
 * @param older path of the next page; empty on the last
 * @param newest path of the first page; empty on it
 */
public record HistoryView(Place place, List<Day> days, String older, String newest) {

    /** The commits of one day. */
    public record Day(String title, List<CommitLine> commits) {}
}
