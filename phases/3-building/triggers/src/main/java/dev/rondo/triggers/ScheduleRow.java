package dev.rondo.triggers;

/** A time table of a workflow on the default branch; {@code actor} wrote it there. */
public record ScheduleRow(
        String project, String file, String cron, String zone, String actor, long dueAt) {}
