package dev.rondo.actions;

import dev.rondo.actions.Template.Mapping;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A time table as POSIX {@code crontab} writes it, with the names and steps that GitHub allows:
 * minute, hour, day of the month, month, day of the week; {@code *}, lists, ranges, {@code /}.
 * Where both days are restricted, either may fit.
 */
public final class Cron {
    /** How often a schedule may start a workflow; more frequent times are left out. */
    public static final Duration SHORTEST = Duration.ofMinutes(5);

    private static final List<String> FIELDS =
            List.of("minute", "hour", "day of the month", "month", "day of the week");
    private static final int[] LEAST = {0, 0, 1, 1, 0};
    private static final int[] MOST = {59, 23, 31, 12, 6};
    private static final List<String> MONTHS =
            List.of(
                    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                    "DEC");
    private static final List<String> DAYS =
            List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /** Leap days come at most eight years apart. */
    private static final int DAYS_AHEAD = 8 * 366;

    private final BitSet[] fields;
    private final boolean anyDay;
    private final boolean anyWeekday;

    private Cron(BitSet[] fields, boolean anyDay, boolean anyWeekday) {
        this.fields = fields;
        this.anyDay = anyDay;
        this.anyWeekday = anyWeekday;
    }

    /** The time table, or what is wrong with it. */
    public sealed interface Reading {
        record Good(Cron cron) implements Reading {}

        record Bad(String why) implements Reading {}
    }

    public static Reading read(String text) {
        String[] parts = text.strip().split("\\s+");
        if (parts.length != FIELDS.size()) {
            return new Reading.Bad(
                    "Invalid cron expression '%s': it has %d fields, not 5"
                            .formatted(text, text.isBlank() ? 0 : parts.length));
        }
        var fields = new BitSet[FIELDS.size()];
        for (int i = 0; i < fields.length; i++) {
            Optional<BitSet> field = field(parts[i], i);
            if (field.isEmpty()) {
                return new Reading.Bad(
                        "Invalid cron expression '%s': '%s' is no %s, which goes from %d to %d"
                                .formatted(text, parts[i], FIELDS.get(i), LEAST[i], MOST[i]));
            }
            fields[i] = field.get();
        }
        return new Reading.Good(
                new Cron(fields, parts[2].startsWith("*"), parts[4].startsWith("*")));
    }

    static void check(List<Mapping> schedules, List<Mistake> mistakes) {
        for (Mapping schedule : schedules) {
            schedule.get("cron")
                    .filter(cron -> read(cron.source()) instanceof Reading.Bad)
                    .ifPresent(cron ->
                            mistakes.add(
                                    new Mistake(
                                            cron.at(),
                                            ((Reading.Bad) read(cron.source())).why(),
                                            "minute hour day-of-month month day-of-week")));
            schedule.get("timezone")
                    .filter(zone -> zone(zone.source()).isEmpty())
                    .ifPresent(zone ->
                            mistakes.add(
                                    new Mistake(
                                            zone.at(),
                                            "Unknown time zone '" + zone.source() + "'",
                                            "a name like Europe/Berlin")));
        }
    }

    static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<BitSet> field(String text, int which) {
        var all = new BitSet();
        for (String item : text.split(",", -1)) {
            String[] step = item.split("/", -1);
            String[] range = step[0].split("-", -1);
            boolean star = step[0].equals("*");
            int from = star ? LEAST[which] : number(range[0], which);
            int to = star ? MOST[which] : number(range[range.length - 1], which);
            int by = step.length == 1 ? 1 : number(step[1]);
            if (step.length == 2 && range.length == 1 && !star) {
                to = MOST[which];
            }
            boolean inside = from >= LEAST[which] && to <= MOST[which] && from <= to;
            if (step.length > 2 || range.length > 2 || by < 1 || !inside) {
                return Optional.empty();
            }
            for (int i = from; i <= to; i += by) {
                all.set(i);
            }
        }
        return Optional.of(all);
    }

    private static int number(String text, int which) {
        String upper = text.toUpperCase(Locale.ROOT);
        return switch (which) {
            case 3 -> MONTHS.contains(upper) ? MONTHS.indexOf(upper) + 1 : number(text);
            case 4 -> DAYS.contains(upper) ? DAYS.indexOf(upper) : number(text);
            default -> number(text);
        };
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    }

    /** The first time after another, in UTC; empty where there is none (30 February). */
    public Optional<Instant> next(Instant after) {
        return next(after, ZoneOffset.UTC);
    }

    public Optional<Instant> next(Instant after, ZoneId zone) {
        ZonedDateTime start = after.atZone(zone).withSecond(0).withNano(0).plusMinutes(1);
        LocalDate date = start.toLocalDate();
        for (int i = 0; i <= DAYS_AHEAD; i++, date = date.plusDays(1)) {
            if (!day(date)) {
                continue;
            }
            int minute = i == 0 ? start.getHour() * 60 + start.getMinute() : 0;
            for (; minute < 24 * 60; minute++) {
                if (fields[1].get(minute / 60) && fields[0].get(minute % 60)) {
                    var time = LocalTime.of(minute / 60, minute % 60);
                    Instant found = date.atTime(time).atZone(zone).toInstant();
                    // the hour that a clock change takes away or gives twice
                    if (found.isAfter(after)) {
                        return Optional.of(found);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The first time that also keeps the shortest distance from the last start. */
    public Optional<Instant> nextStart(Instant lastStart, ZoneId zone) {
        return next(lastStart.plus(SHORTEST).minusNanos(1), zone);
    }

    private boolean day(LocalDate date) {
        boolean day = fields[2].get(date.getDayOfMonth());
        boolean weekday = fields[4].get(date.getDayOfWeek().getValue() % 7);
        boolean fits = anyDay || anyWeekday ? day && weekday : day || weekday;
        return fields[3].get(date.getMonthValue()) && fits;
    }
}
