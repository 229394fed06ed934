package dev.rondo.building;

import dev.rondo.records.RunJob;
import dev.rondo.records.Waits;
import dev.rondo.web.Visit;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Why a job waits, in the reader's words. */
final class WaitWords {
    private WaitWords() {}

    /** Said of a job among all of its run; nothing where it does not wait. */
    static Waits why(RunJob job, List<RunJob> all) {
        if (job.state().equals("waiting")) {
            List<String> missing =
                    all.stream()
                            .filter(other ->
                                    other.call().caller().equals(job.call().caller())
                                            && job.needs().contains(other.job())
                                            && !other.finished())
                            .map(RunJob::name)
                            .toList();
            return missing.isEmpty() ? Waits.NOT : Waits.of("needs", String.join(", ", missing));
        }
        if (!job.state().equals("queued")) {
            return Waits.NOT;
        }
        return job.gate().waits().waiting() ? job.gate().waits() : Waits.of("queue");
    }

    static String say(Visit visit, Waits waits) {
        if (!waits.waiting()) {
            return "";
        }
        Object[] args =
                waits.args().stream()
                        .map(arg -> waits.kind().equals("timer") ? moment(visit, arg) : arg)
                        .toArray();
        return visit.text(waits.key(), args);
    }

    private static String moment(Visit visit, String arg) {
        try {
            return visit.times().exact(Instant.parse(arg));
        } catch (DateTimeParseException e) {
            return arg;
        }
    }
}
