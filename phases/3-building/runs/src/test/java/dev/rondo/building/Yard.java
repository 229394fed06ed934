package dev.rondo.building;

import dev.rondo.access.Caller;
import dev.rondo.containers.ContainerSettings;
import dev.rondo.containers.ContainerUse;
import dev.rondo.engine.Means;
import dev.rondo.git.GitRepository;
import dev.rondo.joblogs.JobLogs;
import dev.rondo.journal.Event;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Reactor;
import dev.rondo.kits.ground.Ground;
import dev.rondo.kits.machine.Scratch;
import dev.rondo.phase.ReportPatterns;
import dev.rondo.phase.Spine;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.records.RunStep;
import dev.rondo.web.Site;
import dev.rondo.web.Web;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole building phase on a real spine in a folder of its own, with one project and its owner.
 */
final class Yard implements AutoCloseable {
    static final String PROJECT = Ground.PROJECT;

    final Path data;
    final Spine spine;
    final Site site;
    final Web web;
    final Caller owner;
    private final Ground ground;
    private final Reactor reactor;
    private final BuildingPhase phase;

    Yard() {
        this(temporary(), List.of());
    }

    Yard(Path data, List<String> reports) {
        this(data, (project, commit) -> reports, dev.rondo.sandbox.Limits.ofJob());
    }

    /** With jobs that may use so much. */
    Yard(dev.rondo.sandbox.Limits limits) {
        this(temporary(), (project, commit) -> List.of(), limits);
    }

    /** With so many jobs at once. */
    Yard(Path data, int jobs) {
        this(data, jobs, Optional.empty());
    }

    /** With so many jobs at once, and an engine for their containers. */
    Yard(Path data, int jobs, Optional<String> engine) {
        this(data, means(data, dev.rondo.sandbox.Limits.ofJob(), jobs, engine));
    }

    /** With what jobs are given to run on. */
    Yard(Path data, Means means) {
        this(data, (project, commit) -> List.of(), means);
    }

    private Yard(Path data, ReportPatterns reports, dev.rondo.sandbox.Limits limits) {
        this(data, reports, means(data, limits, 4, Optional.empty()));
    }

    private static Means means(
            Path data, dev.rondo.sandbox.Limits limits, int jobs, Optional<String> engine) {
        return Means.of(jobs, List.of("x"), limits, containers(data, limits, engine));
    }

    private Yard(Path data, ReportPatterns reports, Means means) {
        this.ground = new Ground(data, "building", "results", "settings");
        this.data = data;
        this.site = ground.site();
        this.spine = ground.spine();
        this.owner = ground.owner();
        this.phase = new BuildingPhase(spine, reports, WorkItemsOfJournal::item, means);
        this.reactor = new Reactor(spine.store(), spine.journal());
        site.menu(phase.menu()).panels(phase.panels());
        this.web = new Web(site, phase::routes);
    }

    /** Jobs may use containers of an engine, as in {@code DOCKER_HOST}. */
    private static Optional<ContainerSettings> containers(
            Path data, dev.rondo.sandbox.Limits limits, Optional<String> engine) {
        return ContainerUse.ON
                .settings(data, limits)
                .filter(one -> engine.isPresent())
                .map(one -> new ContainerSettings(engine, one.server(), false, limits));
    }

    static Path temporary() {
        return Scratch.folder("building");
    }

    Yard start() {
        phase.start();
        reactor.start(phase.reactions());
        return this;
    }

    BuildingPhase phase() {
        return phase;
    }

    /** Commits these files on top of a branch, pushes, and says so as coding does. */
    Event push(String branch, Map<String, String> files) {
        return ground.push(branch, files);
    }

    Event push(String branch, Map<String, String> files, String message) {
        return ground.push(branch, files, message);
    }

    GitRepository repository() {
        return ground.repository();
    }

    Event workflow(String text) {
        return push("main", Map.of(".github/workflows/ci.yml", text));
    }

    Run run(long number) {
        return spine.store()
                .read(sql -> RunRows.numbered(sql, PROJECT, number))
                .orElseThrow(() -> new AssertionError("no run " + number));
    }

    /** Waits until a run has ended. */
    Run finished(long number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() ->
                        spine.store()
                                .read(sql -> RunRows.numbered(sql, PROJECT, number))
                                .map(Run::finished)
                                .orElse(false));
        return run(number);
    }

    RunJob job(Run run, String id) {
        return spine.store().read(sql -> RunRows.job(sql, run.id(), id)).orElseThrow();
    }

    List<RunStep> steps(Run run, String job) {
        return spine.store().read(sql -> RunRows.steps(sql, run.id(), job));
    }

    Optional<Run> maybeRun(long number) {
        return maybeRun(PROJECT, number);
    }

    Optional<Run> maybeRun(String project, long number) {
        return spine.store().read(sql -> RunRows.numbered(sql, project, number));
    }

    /** Whether it has looked at all that may start a workflow. */
    boolean heardAll() {
        return events().reversed().stream()
                .filter(event ->
                        dev.rondo.events.Happenings.FACTS.contains(event.fact().getClass()))
                .findFirst()
                .map(event -> heard(event.seq()))
                .orElse(true);
    }

    /** Whether the phase has looked at an event and queued what it sets off. */
    boolean heard(long seq) {
        boolean passed = reactor.lags().stream().allMatch(lag -> lag.seq() >= seq);
        return passed
                && spine.store()
                        .read(sql ->
                                sql.createQuery(
                                                "SELECT COUNT(*) FROM building_events"
                                                        + " WHERE seq <= ?")
                                        .bind(0, seq)
                                        .mapTo(Long.class)
                                        .one())
                        .equals(0L);
    }

    /** Remarks of a job as JSON: every column that is kept of them. */
    List<JsonNode> annotations(Run run, String job) {
        return spine
                .store()
                .read(sql ->
                        sql.createQuery(
                                        "SELECT * FROM building_annotations WHERE run = ?"
                                                + " AND job = ? ORDER BY place")
                                .bind(0, run.id())
                                .bind(1, job)
                                .mapToMap()
                                .list())
                .stream()
                .map(row -> (JsonNode) JsonMapper.shared().valueToTree(row))
                .toList();
    }

    /** Those that people see: in place of a job that calls a workflow, that one's. */
    List<RunJob> jobs(Run run) {
        List<RunJob> all = spine.store().read(sql -> RunRows.jobs(sql, run.id()));
        return all.stream().filter(job -> !job.opened()).toList();
    }

    /** The log without colours and times. */
    String log(Run run, String job) {
        var text = new StringBuilder();
        new JobLogs(spine.data())
                .of(run.id(), job)
                .read(0, 1_000_000)
                .forEach(line -> text.append(line.text()).append('\n'));
        return text.toString();
    }

    List<Event> events() {
        return spine.store().read(sql -> JournalReads.after(sql, 0, 10_000));
    }

    @Override
    public void close() {
        phase.stop();
        reactor.close();
        ground.close();
    }

    /** Ends as a kill would: nothing is finished, nothing is said. */
    void kill() {
        reactor.close();
        phase.abandon();
        ground.leave();
    }
}
