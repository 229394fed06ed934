package dev.rondo.releasing;

import dev.rondo.releasing.view.CalendarView.Day;
import dev.rondo.releasing.view.CalendarView.Mark;
import dev.rondo.store.Micros;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A month as whole weeks from Monday to Sunday, in a reader's zone. */
record MonthGrid(YearMonth month, ZoneId zone, Locale language) {

    private LocalDate first() {
        return month.atDay(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private LocalDate last() {
        return month.atEndOfMonth().with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
    }

    long from() {
        return micros(first());
    }

    long to() {
        return micros(last().plusDays(1));
    }

    private long micros(LocalDate day) {
        return Micros.of(day.atStartOfDay(zone).toInstant());
    }

    String title() {
        return DateTimeFormatter.ofPattern("LLLL yyyy", language).format(month);
    }

    List<String> weekdays() {
        return Stream.of(DayOfWeek.values())
                .map(day -> day.getDisplayName(TextStyle.SHORT_STANDALONE, language))
                .toList();
    }

    List<List<Day>> weeks(List<Release> releases, List<Freeze> freezes, LocalDate today) {
        var weeks = new ArrayList<List<Day>>();
        for (var monday = first(); !monday.isAfter(last()); monday = monday.plusWeeks(1)) {
            var week = new ArrayList<Day>();
            for (int i = 0; i < 7; i++) {
                week.add(day(monday.plusDays(i), releases, freezes, today));
            }
            weeks.add(List.copyOf(week));
        }
        return weeks;
    }

    private Day day(LocalDate day, List<Release> releases, List<Freeze> freezes, LocalDate today) {
        long start = micros(day);
        long end = micros(day.plusDays(1));
        var marks = new ArrayList<Mark>();
        for (var release : releases) {
            var life = release.life();
            if (life.publishedAt() >= start && life.publishedAt() < end) {
                marks.add(mark(release, "published"));
            } else if (release.state() == ReleaseState.DRAFT
                    && life.draftedAt() >= start
                    && life.draftedAt() < end) {
                marks.add(mark(release, "draft"));
            }
            if (release.state() == ReleaseState.RECALLED
                    && life.endedAt() >= start
                    && life.endedAt() < end) {
                marks.add(mark(release, "recalled"));
            }
        }
        return new Day(
                day.getDayOfMonth(),
                YearMonth.from(day).equals(month),
                ChronoUnit.DAYS.between(day, today) == 0,
                freezes.stream()
                        .filter(freeze -> freeze.startsAt() < end && freeze.endsAt() > start)
                        .map(Freeze::title)
                        .toList(),
                List.copyOf(marks));
    }

    private static Mark mark(Release release, String kind) {
        return new Mark(
                release.version(), ReleaseViews.path(release.project(), release.version()), kind);
    }
}
