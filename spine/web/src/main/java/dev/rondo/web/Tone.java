package dev.rondo.web;

import java.util.Locale;

/** What a badge says beside its words. */
public enum Tone {
    NEUTRAL,
    INFO,
    GOOD,
    WARN,
    BAD,
    ACTIVE;

    String css() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tone that the states of the event vocabulary usually have. */
    public static Tone of(String state) {
        return switch (state) {
            case "success",
                    "passed",
                    "pass",
                    "healthy",
                    "completed",
                    "live",
                    "done",
                    "resolved",
                    "published",
                    "approved",
                    "delivered",
                    "finished" ->
                    GOOD;
            case "failure",
                    "failed",
                    "fail",
                    "error",
                    "invalid",
                    "critical",
                    "unhealthy",
                    "rolledback",
                    "recalled",
                    "firing",
                    "detected",
                    "bug" ->
                    BAD;
            case "cancelled",
                    "interrupted",
                    "inconclusive",
                    "major",
                    "aborted",
                    "skipped",
                    "mitigated",
                    "acknowledged",
                    "warning" ->
                    WARN;
            case "running",
                    "started",
                    "in-progress",
                    "starting",
                    "active",
                    "queued",
                    "review",
                    "pending" ->
                    ACTIVE;
            case "ready", "planned", "drafted", "minor", "story" -> INFO;
            default -> NEUTRAL;
        };
    }
}
