package dev.rondo.building;

import dev.rondo.access.Projects;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunStep;
import dev.rondo.store.Micros;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The waterfall of a run as an OTLP trace in JSON (opentelemetry-proto, "JSON Protobuf Encoding"):
 * the run is the root, jobs are its children, steps theirs; attributes follow the semantic
 * conventions of CI/CD. What has not ended yet ends now.
 */
final class TraceJson {
    private static final int OK = 1;
    private static final int ERROR = 2;
    private static final int INTERNAL = 1;

    private final Run run;
    private final List<Object> spans = new ArrayList<>();

    private TraceJson(Run run) {
        this.run = run;
    }

    static Map<String, Object> of(Run run, List<RunJob> jobs, List<RunStep> steps) {
        var trace = new TraceJson(run);
        Run.Progress progress = run.progress();
        trace.add(
                run.id(),
                Optional.empty(),
                run.name() + " #" + run.number(),
                new Time(progress.queuedAt(), progress.finishedAt()),
                progress.outcome(),
                List.of(
                        text("cicd.pipeline.name", run.name()),
                        text("cicd.pipeline.run.id", run.id()),
                        text("cicd.pipeline.result", progress.outcome()),
                        text("vcs.ref.head.name", run.source().branch()),
                        text("vcs.ref.head.revision", run.source().commit())));
        for (RunJob job : jobs) {
            String id = run.id() + "/" + job.id();
            trace.add(
                    id,
                    Optional.of(run.id()),
                    job.name(),
                    new Time(job.startedAt(), job.finishedAt()),
                    job.outcome(),
                    List.of(
                            text("cicd.pipeline.task.name", job.name()),
                            text("cicd.pipeline.task.run.id", id),
                            text("cicd.pipeline.task.run.result", job.outcome())));
        }
        for (RunStep step : steps) {
            String job = run.id() + "/" + step.job();
            trace.add(
                    job + "/" + step.place(),
                    Optional.of(job),
                    step.title(),
                    new Time(step.startedAt(), step.finishedAt()),
                    step.conclusion(),
                    List.of(text("cicd.pipeline.task.run.result", step.conclusion())));
        }
        return Map.of(
                "resourceSpans",
                List.of(
                        Map.of(
                                "resource",
                                Map.of(
                                        "attributes",
                                        List.of(
                                                text("service.name", run.project()),
                                                text("service.namespace", Projects.OWNER))),
                                "scopeSpans",
                                List.of(
                                        Map.of(
                                                "scope",
                                                Map.of("name", "rondo.building"),
                                                "spans",
                                                trace.spans)))));
    }

    /** Microseconds; the end is 0 while it lies ahead. */
    private record Time(long from, long to) {
        private static final int NANOS = 1000;

        String start() {
            return String.valueOf(from * NANOS);
        }

        String end() {
            return String.valueOf(Math.max(from, to == 0 ? Micros.now() : to) * NANOS);
        }
    }

    /** What never began has no span. */
    private void add(
            String id,
            Optional<String> parent,
            String name,
            Time time,
            String outcome,
            List<Map<String, Object>> attributes) {
        if (time.from() == 0) {
            return;
        }
        var span = new LinkedHashMap<String, Object>();
        span.put("traceId", run.id().replace("-", ""));
        span.put("spanId", spanId(id));
        parent.ifPresent(above -> span.put("parentSpanId", spanId(above)));
        span.put("name", name);
        span.put("kind", INTERNAL);
        span.put("startTimeUnixNano", time.start());
        span.put("endTimeUnixNano", time.end());
        span.put("attributes", attributes);
        span.put("status", status(outcome));
        spans.add(span);
    }

    private static Map<String, Object> status(String outcome) {
        return switch (outcome) {
            case "success" -> Map.of("code", OK);
            case "failure", "invalid", "interrupted" -> Map.of("code", ERROR, "message", outcome);
            default -> Map.of();
        };
    }

    private static Map<String, Object> text(String key, String value) {
        return Map.of("key", key, "value", Map.of("stringValue", value));
    }

    private static String spanId(String of) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(of.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, Long.BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
