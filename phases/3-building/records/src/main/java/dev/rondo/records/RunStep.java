package dev.rondo.records;

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
        long finishedAt) {}
