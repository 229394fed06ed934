package dev.rondo.releasing.view;

import dev.rondo.web.Field;
import java.time.Instant;
import java.util.List;

/** A month with its releases and freezes. */
public record CalendarView(
        String title,
        String base,
        String before,
        String after,
        List<String> weekdays,
        List<List<Day>> weeks,
        List<FreezeLine> freezes,
        boolean mayFreeze,
        List<Field.Choice> environments,
        String today) {

    /**
     * A day.
     *
     * @param frozen titles of freezes that touch it
     */
    public record Day(
            int number, boolean inMonth, boolean today, List<String> frozen, List<Mark> marks) {}

    /**
     * Something that happened on a day.
     *
     * @param kind draft, published or recalled
     */
    public record Mark(String version, String path, String kind) {}

    public record FreezeLine(
            String id,
            String title,
            String environment,
            Instant starts,
            Instant ends,
            String by,
            boolean now) {}
}
