package dev.rondo.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Times as a reader wants them: in their zone and language. */
public final class Times {

    private final Texts texts;
    private final Locale language;
    private final ZoneId zone;

    Times(Texts texts, Locale language, ZoneId zone) {
        this.texts = texts;
        this.language = language;
        this.zone = zone;
    }

    public ZoneId zone() {
        return zone;
    }

    /** Date and time to the second, with the zone. */
    public String exact(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                        .withLocale(language)
                        .withZone(zone)
                        .format(at)
                + " "
                + DateTimeFormatter.ofPattern("z", language).withZone(zone).format(at);
    }

    public String date(Instant at) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(language)
                .withZone(zone)
                .format(at);
    }

    /** Hours, minutes and seconds. */
    public String clock(Instant at) {
        return DateTimeFormatter.ofPattern("HH:mm:ss", language).withZone(zone).format(at);
    }

    /** Such as "3 minutes ago"; what is a week away or more is a date. */
    public String ago(Instant at, Instant now) {
        var past = Duration.between(at, now);
        if (past.isNegative()) {
            return past.compareTo(Duration.ofSeconds(-5)) < 0
                    ? exact(at)
                    : texts.say(language, "web.time.now");
        }
        if (past.toSeconds() < 5) {
            return texts.say(language, "web.time.now");
        }
        if (past.toSeconds() < 60) {
            return texts.say(language, "web.time.seconds", past.toSeconds());
        }
        if (past.toMinutes() < 60) {
            return texts.say(language, "web.time.minutes", past.toMinutes());
        }
        if (past.toHours() < 24) {
            return texts.say(language, "web.time.hours", past.toHours());
        }
        if (past.toDays() < 7) {
            return texts.say(language, "web.time.days", past.toDays());
        }
        return date(at);
    }

    /** Such as "840 ms", "3.2 s", "4 min 12 s", "2 h 5 min", "3 d 4 h". */
    public String duration(Duration length) {
        long millis = length.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(language, "%.1f s", millis / 1000.0);
        }
        if (length.toMinutes() < 60) {
            return length.toMinutes() + " min " + length.toSecondsPart() + " s";
        }
        if (length.toHours() < 48) {
            return length.toHours() + " h " + length.toMinutesPart() + " min";
        }
        return length.toDays() + " d " + length.toHoursPart() + " h";
    }
}
