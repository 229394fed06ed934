package dev.rondo.records;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of a job that began, or was skipped. The conclusion is the outcome after {@code
 * continue-on-error}; the summary is Markdown.
 */
public record RunStep(
        String job,
        int place,
        String id,
        String title,
        String outcome,
        String conclusion,
        String message,
        long firstLine,
        String summary,
        long startedAt,
        long finishedAt) {
    /** The steps that went on while a later one began, by their places: those in the background. */
    public static Map<Integer, String> beside(List<RunStep> steps) {
        var names = new HashMap<Integer, String>();
        long laterBegan = Long.MAX_VALUE;
        for (RunStep step : steps.reversed()) {
            boolean over = step.finishedAt() > 0;
            if (laterBegan < (over ? step.finishedAt() : Long.MAX_VALUE)) {
                names.put(step.place(), step.title());
            }
            laterBegan = Math.min(laterBegan, step.startedAt());
        }
        return names;
    }
}
