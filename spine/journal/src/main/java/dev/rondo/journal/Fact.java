package dev.rondo.journal;

import java.util.List;
import java.util.Map;

/**
 * The event vocabulary: what one phase tells all others. Each record is the payload of one kind of
 * event, in its version 1; a stored kind is never edited, a new version is a new record. Words are
 * those of CDEvents 0.4 where it has one (https://cdevents.dev). Times are microseconds since 1970
 * UTC, durations milliseconds, digests {@code sha256:<hex>}, commits full object names. The subject
 * of each event is named in the comment as {@code kind:id}.
 */
public sealed interface Fact {

    // ---- Access and projects --------------------------------------------------------------

    /** {@code project:<name>}. */
    record ProjectCreated(String name, String title) implements Fact {}

    /** {@code account:<name>}: who did what to which account, token or role. Never a secret. */
    record AuditRecorded(String action, String target, Map<String, String> details)
            implements Fact {}

    // ---- 1 Planning -----------------------------------------------------------------------

    /** {@code ticket:<number>}; type is epic, story, task or bug. */
    record TicketCreated(long number, String type, String title, String state, List<String> labels)
            implements Fact {}

    /** {@code ticket:<number>}; changed field → new value, as text. */
    record TicketUpdated(long number, Map<String, String> changes) implements Fact {}

    /** {@code ticket:<number>}; states: backlog, ready, in-progress, review, done, live. */
    record TicketMoved(long number, String from, String to, String reason) implements Fact {}

    /** {@code ticket:<number>}. */
    record TicketCommented(long number, String comment) implements Fact {}

    /** {@code sprint:<id>}; state is planned, active or finished. */
    record SprintChanged(String sprint, String name, String state) implements Fact {}

    // ---- 2 Coding -------------------------------------------------------------------------

    /** {@code repository:<project>}. */
    record RepositoryCreated(String repository, String defaultBranch) implements Fact {}

    /**
     * {@code change:<after>} (of a deleted ref: {@code change:<before>}). {@code before} or {@code
     * after} is forty zeros where the ref was made or deleted. At most 250 commits, newest first.
     */
    record ChangePushed(
            String repository,
            String ref,
            String before,
            String after,
            boolean defaultBranch,
            boolean forced,
            List<Commit> commits)
            implements Fact {}

    /** One commit of a push; {@code mentions} and {@code fixes} are numbers of tickets. */
    record Commit(
            String id,
            String subject,
            String authorName,
            String authorEmail,
            long authoredAt,
            List<Long> mentions,
            List<Long> fixes) {}

    // ---- 3 Building -----------------------------------------------------------------------

    /** {@code pipelinerun:<run>}; trigger is dispatch, rerun, or the event, such as push. */
    record PipelineRunQueued(
            String run, long number, String workflow, String ref, String commit, String trigger)
            implements Fact {}

    /** {@code pipelinerun:<run>}. */
    record PipelineRunStarted(String run, long number, String workflow, String commit)
            implements Fact {}

    /** {@code pipelinerun:<run>}; outcome: success, failure, cancelled, invalid, interrupted. */
    record PipelineRunFinished(
            String run,
            long number,
            String workflow,
            String ref,
            String commit,
            boolean defaultBranch,
            String outcome,
            String message,
            long millis)
            implements Fact {}

    /** {@code taskrun:<run>/<job>}. */
    record TaskRunStarted(String run, String job, String name) implements Fact {}

    /**
     * {@code taskrun:<run>/<job>}; {@code reports} are the files of the workspace that testing
     * asked for, kept as blobs.
     */
    record TaskRunFinished(
            String run,
            String job,
            String name,
            String commit,
            String outcome,
            long millis,
            List<StoredFile> reports)
            implements Fact {}

    /** A file kept as a blob; {@code path} is relative to the workspace, with slashes. */
    record StoredFile(String path, String digest, long size) {}

    /** {@code artifact:<digest>}: a gzipped tar of the uploaded paths. */
    record ArtifactPackaged(
            String run, String job, String name, String digest, long size, String commit)
            implements Fact {}

    // ---- 4 Testing ------------------------------------------------------------------------

    /**
     * {@code testsuiterun:<run>}; levels: unit, integration, ui. Lines are of coverage, 0 of 0 if
     * none.
     */
    record TestSuiteRunFinished(
            String run,
            String commit,
            int tests,
            int passed,
            int failed,
            int errors,
            int skipped,
            long millis,
            Map<String, Integer> testsByLevel,
            long linesCovered,
            long linesTotal,
            Map<String, Integer> findingsByLevel)
            implements Fact {}

    /** {@code gate:<run>}; verdict is passed or failed; each reason is a sentence. */
    record GateDecided(
            String run,
            String commit,
            String ref,
            boolean defaultBranch,
            String verdict,
            List<String> reasons)
            implements Fact {}

    // ---- 5 Releasing ----------------------------------------------------------------------

    /** {@code release:<version>}. */
    record ReleaseDrafted(
            String version, String commit, String run, List<Artifact> artifacts, List<Long> tickets)
            implements Fact {}

    /** A deployable artifact of a release. */
    record Artifact(String name, String digest, long size) {}

    /** {@code release:<version>}. */
    record ReleaseApproved(String version, String environment, String by, String comment)
            implements Fact {}

    /**
     * {@code release:<version>}; {@code environments} are those it may go to by itself now:
     * approved or in no need of approval, and outside freezes.
     */
    record ReleasePublished(
            String version,
            String commit,
            String tag,
            List<Artifact> artifacts,
            List<Long> tickets,
            String rollbackTo,
            List<String> environments)
            implements Fact {}

    /**
     * {@code release:<version>}: published before, and now free to go to one more environment by
     * itself, because its last approval came.
     */
    record ReleaseOpened(String version, String environment) implements Fact {}

    /** {@code release:<version>}: bad; no rollout takes it any more. */
    record ReleaseRecalled(String version, String reason) implements Fact {}

    // ---- 6 Deploying ----------------------------------------------------------------------

    /** {@code rollout:<rollout>}; strategy: big-bang, blue-green, canary or phased. */
    record RolloutStarted(
            String rollout,
            String service,
            String environment,
            String version,
            String fromVersion,
            String strategy,
            String artifact,
            String commit)
            implements Fact {}

    /** {@code rollout:<rollout>}; {@code weight} is the percentage that goes to the new version. */
    record RolloutStepped(
            String rollout,
            String service,
            String environment,
            String version,
            int step,
            String action,
            int weight)
            implements Fact {}

    /** {@code rollout:<rollout>}: asks monitoring to judge; answered by {@link JudgementGiven}. */
    record JudgementRequested(
            String rollout,
            int step,
            String service,
            String environment,
            String stable,
            String candidate,
            long since,
            JudgementRules rules)
            implements Fact {}

    /**
     * What a judgement demands: how many requests of the candidate at least, how long to wait for
     * them at most, the error ratio and the latency quantile that the candidate may be worse by.
     */
    record JudgementRules(
            int minRequests,
            int maxSeconds,
            double maxErrorRatioIncrease,
            double maxLatencyFactor,
            double confidence) {}

    /** {@code rollout:<rollout>}; verdict: pass, fail or inconclusive. */
    record JudgementGiven(
            String rollout,
            int step,
            String service,
            String environment,
            String stable,
            String candidate,
            String verdict,
            List<String> reasons,
            TrafficSample stableSample,
            TrafficSample candidateSample,
            String worstRoute,
            double worstRouteErrorRatio)
            implements Fact {}

    /** What was seen of one version: counts and seconds. */
    record TrafficSample(
            String version, long requests, long errors, double p50, double p95, double p99) {}

    /** {@code rollout:<rollout>}; outcome: completed, rolledback, failed, aborted. */
    record RolloutFinished(
            String rollout,
            String service,
            String environment,
            String version,
            String outcome,
            String reason)
            implements Fact {}

    /** {@code service:<service>/<environment>}: all traffic goes to this version now. */
    record ServiceDeployed(
            String service,
            String environment,
            String version,
            String fromVersion,
            String commit,
            String rollout,
            List<Long> tickets)
            implements Fact {}

    /**
     * {@code service:<service>/<environment>}: traffic went back. Times of the bad answers, or 0.
     */
    record ServiceRolledBack(
            String service,
            String environment,
            String version,
            String toVersion,
            String commit,
            String rollout,
            String reason,
            String worstRoute,
            double worstRouteErrorRatio,
            TrafficSample stableSample,
            TrafficSample candidateSample)
            implements Fact {}

    /** {@code service:<service>/<environment>}; state: starting, healthy, unhealthy, stopped. */
    record InstanceChanged(
            String service, String environment, String version, String instance, String state)
            implements Fact {}

    // ---- 7 Operating ----------------------------------------------------------------------

    /** {@code incident:<number>}; severity: critical, major or minor. */
    record IncidentDetected(
            long number,
            String severity,
            String title,
            String service,
            String environment,
            String version,
            String commit,
            String evidence)
            implements Fact {}

    /** {@code incident:<number>}; state: acknowledged, mitigated. */
    record IncidentUpdated(long number, String state, String note) implements Fact {}

    /** {@code incident:<number>}; {@code detectedAt} serves time to restore. */
    record IncidentResolved(
            long number, String service, String environment, long detectedAt, String resolution)
            implements Fact {}

    /** {@code incident:<number>}; channel: console, webhook or mail. */
    record NotificationSent(long number, String channel, String to, boolean delivered)
            implements Fact {}

    // ---- 8 Monitoring ---------------------------------------------------------------------

    /** {@code alert:<rule>@<service>/<environment>}. */
    record AlertFired(
            String rule,
            String service,
            String environment,
            String version,
            String summary,
            double value,
            double threshold)
            implements Fact {}

    /**
     * {@code alert:<rule>@<service>/<environment>}: it fires, but somebody has silenced it, so that
     * nobody is to be told. When the silence ends before the alert does, {@link AlertFired}
     * follows.
     */
    record AlertSilenced(
            String rule,
            String service,
            String environment,
            String version,
            String summary,
            double value,
            double threshold,
            String silence)
            implements Fact {}

    /** {@code alert:<rule>@<service>/<environment>}. */
    record AlertResolved(String rule, String service, String environment, double value)
            implements Fact {}

    // ---- Loop -----------------------------------------------------------------------------

    /** {@code command:<id>}: typed into the command box or posted by a chat. */
    record CommandGiven(String command, String source, boolean accepted, String answer)
            implements Fact {}
}
