package dev.rondo.operating.view;

import java.time.Instant;
import java.util.List;

/** The page of an incident. */
public record IncidentView(
        IncidentRow row,
        Facts facts,
        Evidence evidence,
        List<Entry> timeline,
        List<Sent> notifications,
        List<Long> suspects,
        List<Long> followUps) {

    /** What is known about it; texts are empty and times the epoch where nothing is. */
    public record Facts(
            String commit,
            String rollout,
            String onCall,
            String acknowledgedBy,
            Instant acknowledged,
            Instant mitigated,
            String resolution,
            String runbook) {}

    /** What decided: sentences, the samples compared, the figures of alerts. */
    public record Evidence(List<String> sentences, List<Sample> samples) {}

    /** What was seen of one version; seconds. */
    public record Sample(
            String version,
            boolean suspect,
            long requests,
            long errors,
            double errorRatio,
            double p50,
            double p95,
            double p99) {}

    /** One event; {@code href} may be empty. {@code phase} is the place in the loop, 0 for none. */
    public record Entry(
            Instant at, int phase, String sentence, String actor, String href, boolean key) {}

    /** One notification. */
    public record Sent(String channel, String to, String state, String error, Instant at) {}
}
