package dev.rondo.jobs;

/**
 * A step of a job that began or ended. {@code outcome}, {@code conclusion} and {@code message} are
 * empty while it runs.
 *
 * @param place 1 for the first that runs; what runs before and behind the written steps counts too
 * @param outcome success, failure, cancelled or skipped
 * @param conclusion the same after {@code continue-on-error}
 * @param summary Markdown
 */
public record StepMark(
        int place,
        String id,
        String title,
        String outcome,
        String conclusion,
        String message,
        String summary) {

    static StepMark begun(int place, String id, String title) {
        return new StepMark(place, id, title, "", "", "", "");
    }

    StepMark ended(Outcome outcome, String conclusion, String message, String summary) {
        return new StepMark(place, id, title, outcome.word(), conclusion, message, summary);
    }
}
