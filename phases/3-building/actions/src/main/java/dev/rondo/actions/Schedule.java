package dev.rondo.actions;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** An entry of {@code on.schedule}: its text, its times and where its clock stands. */
public record Schedule(String text, Cron cron, ZoneId zone) {

    static Optional<Schedule> of(Template.Mapping entry) {
        String text = entry.get("cron").map(Template::source).orElse("");
        ZoneId zone =
                entry.get("timezone")
                        .flatMap(name -> Cron.zone(name.source()))
                        .orElse(ZoneOffset.UTC);
        return Cron.read(text) instanceof Cron.Reading.Good(Cron cron)
                ? Optional.of(new Schedule(text, cron, zone))
                : Optional.empty();
    }

    /** When it next starts the workflow, at least five minutes behind the last start. */
    public Optional<Instant> next(Instant lastStart) {
        return cron.nextStart(lastStart, zone);
    }
}
