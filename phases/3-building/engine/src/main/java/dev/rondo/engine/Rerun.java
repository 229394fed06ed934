package dev.rondo.engine;

import dev.rondo.records.RunJob;
import java.util.List;
import java.util.Optional;

/**
 * What of a run is to go again.
 *
 * @param job an identifier, where one job is wanted
 * @param debug whether it says more this time: {@code ACTIONS_STEP_DEBUG}
 */
public record Rerun(Wanted wanted, String job, boolean debug) {
    public static final Rerun ALL = new Rerun(Wanted.ALL, "", false);

    /** What did not succeed, with the outputs of the rest. */
    public static final Rerun FAILED = new Rerun(Wanted.FAILED, "", false);

    enum Wanted {
        ALL,
        FAILED,
        JOB
    }

    /** One job, and what needs it. */
    public static Rerun of(String job) {
        return new Rerun(Wanted.JOB, job, false);
    }

    public Rerun debugging(boolean debugging) {
        return new Rerun(wanted, job, debugging);
    }

    /** Empty where all of it goes again. */
    Optional<Repetition> part(List<RunJob> jobs) {
        return switch (wanted) {
            case ALL -> Optional.empty();
            case FAILED -> Optional.of(Repetition.ofFailed(jobs));
            case JOB ->
                    jobs.stream()
                            .filter(one -> one.id().equals(job))
                            .findFirst()
                            .map(one -> Repetition.of(jobs, one));
        };
    }
}
